/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-personal-rules-private.h"

/* Where people live. A postal code is as good as any other number, so that it counts only where a town follows and the line says so. */

#define HOUSE "\\d{1,4} ?(?:[a-zA-Z]\\b)?(?: ?[-/] ?\\d{1,4} ?[a-zA-Z]?\\b)?"
#define CAPITAL "\\b\\p{Lu}[\\p{L}\\p{M}'’.-]{0,30}+"

const LiaPersonalRule lia_personal_address_rules[] = {
  /* What a form calls one */
  { LIA_PERSONAL_ADDRESS, "(?:^|[\\s|>*·,;(])(?i:PLZ ?/ ?Ort|PLZ|Ort|CP ?/ ?Ville|Code postal|Ville|Adresse|Anschrift|Straße|Strasse|(?:home |postal |billing |delivery )?address|Adres|Dirección|Domicilio|Indirizzo|Morada|Endereço|Adress|"
                          "street|rue|calle|città|ciudad|localidad|miasto|plaats|woonplaats|town|city|postcode|zip(?: code)?|Kod pocztowy|Ulica|Straat|CAP|Adresim|İl|Ort)\\s?:\\s*([^\\n]*[\\p{L}\\d])" },

  /* House and street, as each country writes them */
  { LIA_PERSONAL_ADDRESS, "\\b(?i:rue|avenue|boulevard|place|chemin|quai|route|chaussée|square|ruelle)\\s[^\\n,;\\d]{2,40}\\s\\d{1,4}[a-z]?(?:\\s(?:bte|boîte|bus)\\s\\w+)?" }, /* Belgium, Switzerland */
  { LIA_PERSONAL_ADDRESS, "\\b(?:\\d+(?:st|nd|rd|th) [Ff]loor|[Ll]evel \\d+|[Ff]loor \\d+|[Rr]ésidence [^\\n,]{2,40}|[Bb]ât\\.? \\w+|[Aa]ppt\\.? \\w+)(?=,)" },
  { LIA_PERSONAL_ADDRESS, "(?:\\b\\p{Lu}[\\p{L}.-]{0,30}+ ){0,3}\\b(?:(?i:[\\p{L}-]{0,30}(?:straße|strasse|str\\.|platz|allee|gasse|chaussee|straat|laan|gracht|plein|kade|dijk|gatan|vägen|gränden|stigen|torget))|"
                          "\\p{Lu}[\\p{L}-]{1,30}(?:weg|damm|ufer|steig|ring|hof|markt|wall|graben|park|singel|str))\\s+" HOUSE "(?!\\s?(?:%|€|Uhr|Euro))" },
  { LIA_PERSONAL_ADDRESS, "\\b(?:Am|An der|Auf dem|Auf der|Im|Zum|Zur|Unter den|In der|Hinter der|Alter|Alte|Neuer|Neue|Große|Großer|Kleine)\\s+\\p{Lu}[\\p{L}-]+\\s+" HOUSE "(?=,|\\s*$|\\s*[·|•])" },
  { LIA_PERSONAL_ADDRESS, "\\b(?:Flat|Apt\\.?|Apartment|Unit|Suite)?\\s?\\w{0,4},?\\s?\\d{1,5}[A-Za-z]?\\s+(?:" CAPITAL " ){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Close|"
                          "Place|Pl|Terrace|Square|Sq|Crescent|Cres|Gardens|Parkway|Pkwy|Highway|Hwy|Hill|Row|Grove|Mews|Walk|Brow|Quay|Wharf|Rise|Green|Park|Gate)\\b\\.?(?:,?\\s?(?:Apt|Suite|Unit|Flat|#|No)\\.?\\s?[\\w-]+)?" },
  { LIA_PERSONAL_ADDRESS, "\\b\\d{1,4} ?(?:bis|ter|quater|[A-D])?,?\\s+(?i:rue|avenue|av\\.|bd\\.?|boulevard|place|pl\\.|impasse|chemin|allées?|quai|route|cours|square|passage|faubourg|sentier|villa|résidence)\\s+[^\\n,;(.]{2,45}" },
  { LIA_PERSONAL_ADDRESS, "(?<!\\w)(?:Calle|C/|Avda?\\.?|Avenida|Plaza|Pza\\.?|Pl\\.|Paseo|P\\.º|Camino|Ronda|Carrer|Travesía|Glorieta|Rambla|Carretera|Ctra\\.)\\s*[^\\n,;\\d]{2,40},?\\s*(?:n[º°.]?\\s*|núm\\.?\\s*)?\\d{1,4}(?:,?\\s*\\d{1,2}\\s?[º°ª]\\s?\\w{0,10})?" },
  { LIA_PERSONAL_ADDRESS, "\\b(?:[Vv]ia|[Vv]iale|[Cc]orso|C\\.so|[Pp]iazza|P\\.zza|[Pp]iazzale|[Ll]argo|[Vv]icolo|[Ss]trada|Lungotevere|Lungarno)\\s+[^\\n,;\\d]{2,40},?\\s*(?:n\\.?\\s*)?\\d{1,4}(?:/\\w{1,3})?\\b" },
  { LIA_PERSONAL_ADDRESS, "(?<!\\w)(?i:ul\\.|al\\.|pl\\.|os\\.|ulica|ulicy|aleja|aleje|alei|osiedle|plac)\\s*[^\\n,;\\d]{2,40}\\s+\\d{1,4}[A-Za-z]?(?:\\s?/\\s?\\d{1,4})?(?:\\s*m\\.?\\s*\\d{1,4})?" },
  { LIA_PERSONAL_ADDRESS, "(?<!\\w)(?:Rua|R\\.|Avenida|Av\\.|Praça|Largo|Travessa|Tv\\.|Estrada|Alameda|Rodovia)\\s+[^\\n,;\\d]{2,40},?\\s*(?:n\\.?[º°]?\\s*)?\\d{1,5}(?:,?\\s*\\d{1,2}[.º°ª]+\\s?\\w{0,6})?" },
  { LIA_PERSONAL_ADDRESS, "(?:" CAPITAL " ){0,3}" CAPITAL "\\s(?:Mah(?:allesi|\\.)?|Cad(?:desi|\\.)?|Sok(?:ak|ağı|\\.)?|Sk\\.|Bulvarı|Blv\\.)[^\\n;]{0,50}?(?:[Nn]o\\s?[:.]?\\s?)\\d{1,4}(?:/\\w{1,3})?(?:\\s?[DK]\\s?[:.]\\s?\\d{1,3})*" },

  /* Postal code and town: alone in a line, behind a street, or in a form that is nothing else */
  { LIA_PERSONAL_ADDRESS, "^\\W*((?:[A-Z]{1,2}[- ])?\\d{5}\\s+" CAPITAL "(?:[ /]" CAPITAL "|\\s(?:am|an der|im|bei|ob der|sur|en|de|del|di|la|le)\\s" CAPITAL "){0,3}(?:\\s\\([A-Z]{2}\\)| Cedex(?: \\d+)?)?)(?:,?\\s(?:Deutschland|Germany|France|España|Spain|Italia|Italy|Türkiye))?\\W*$" },
  { LIA_PERSONAL_ADDRESS, "(?:\\d ?[a-zA-Z]?|[a-zß.])(?:,| -| ·| \\||/)\\s*((?:[A-Z]{1,2}-)?\\d{5}\\s+" CAPITAL "(?: (?:am|an der|im|sur|en|de|di|la)?\\s?" CAPITAL ")?)" },
  { LIA_PERSONAL_ADDRESS, "(?:wohne|live|habite|vivo|abito|mieszkam|woon|moro|bor|adres[s]?e?|address|Anschrift|dirección|indirizzo|morada|adres)\\b[^\\n]{0,60}?\\b((?:[A-Z]{1,2}-)?\\d{5}\\s+" CAPITAL "(?: " CAPITAL ")?)" },
  { LIA_PERSONAL_ADDRESS, "(?:" CAPITAL ",?\\s){0,2}\\b(?:GIR 0AA|[A-PR-UWYZ](?:\\d{1,2}|[A-HK-Y]\\d|[A-HK-Y]\\d\\d|\\d[A-HJKPS-UW]|[A-HK-Y]\\d[ABEHMNPRV-Y])\\s\\d[ABD-HJLNP-UW-Z]{2})\\b" },
  { LIA_PERSONAL_ADDRESS, "(?:" CAPITAL "\\s){0,2}" CAPITAL ",\\s[A-Z]{2}\\s\\d{5}(?:-\\d{4})?\\b" },          /* USA */
  { LIA_PERSONAL_ADDRESS, "\\b[1-9]\\d{3}\\s?[A-Z]{2}\\s+(?:'s-)?" CAPITAL "(?: " CAPITAL ")?" },              /* Netherlands */
  { LIA_PERSONAL_ADDRESS, "(?<![\\w-])\\d{2}-\\d{3}\\s+" CAPITAL "(?:[ -]" CAPITAL ")?" },                     /* Poland */
  { LIA_PERSONAL_ADDRESS, "(?<![\\w-])\\d{4}-\\d{3}\\s+" CAPITAL "(?: (?:d[aeo]s? )?" CAPITAL ")?" },          /* Portugal */
  { LIA_PERSONAL_ADDRESS, "(?<![\\w-])\\d{5}-\\d{3}\\b" },                                                     /* Brazil, CEP */
  { LIA_PERSONAL_ADDRESS, "(?:^|,)\\s*((?:SE?-)?\\d{3}\\s\\d{2}\\s+" CAPITAL ")(?=\\s*$|,|\\s[·|])" },         /* Sweden */
  { LIA_PERSONAL_ADDRESS, "(?:^|,)\\s*((?:A-|CH-|DK-|B-)?[1-9]\\d{3}\\s+" CAPITAL "(?: " CAPITAL ")?)\\s*$" }, /* Austria, Switzerland, Denmark, Belgium */
};

const guint lia_n_personal_address_rules = G_N_ELEMENTS (lia_personal_address_rules);

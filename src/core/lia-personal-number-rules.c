/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-personal-rules-private.h"

/* Numbers, names and keys that computers give: known by how they look, by a check digit, or by the word before them. */

/* Words that say what follows, in the order en de fr es it pl nl pt sv tr */
#define SECRET_WORDS                                                                                                                                                                                                   \
  "pass ?words?|passwd|pwd|pass ?phrase|pin(?: code)?|passwort|passworts|kennwort|zugangsdaten|credentials|identifiants|passphrase|mot de passe|mdp|code pin|contraseña|contrasena|clave|parola d'ordine|password|"    \
  "hasło|haslo|hasł[aoem]+|wachtwoord|pincode|palavra-passe|senha|lösenord(?:et)?|pinkod|şifre|sifre|parola[mns]?[ıi]?|şifre[mns]?[ıi]?|secret|client[_ -]?secret|api[_ -]?key|api[_ -]?token|"                        \
  "access[_ -]?(?:key|token)|auth[_ -]?token|(?:csrf|xsrf|refresh|id|bearer|device|push|reset)?[_ -]?token|session[_ -]?(?:id|key|token)?|connect\\.sid|jsessionid|phpsessid|authorization|licen[cs]e key|serial key|" \
  "(?:wifi|wlan|wi-fi)[ -](?:key|schlüssel)|lizenzschlüssel|clé de licence|clave de licencia|chiave di licenza|klucz licencyjny|licentiesleutel|chave de licença|licensnyckel|lisans anahtarı"
/* What opens a door, or confirms once: figures alone */
#define CODE_WORDS                                                                                                                                               \
  "pin(?: ?code|nummer)?|pinkod|(?:sms|push|m|e|i|chip)?-?tan|otp|one[- ]time (?:code|password)|(?:verification|security|confirmation|access|sms|2fa|door|gate|" \
  "alarm|entry) code|(?:einmal|bestätigungs|sicherheits|zugangs|prüf|tür|tor|alarm|sms-?)code|einmalpasswort|code (?:pin|de (?:vérification|sécurité|"           \
  "confirmation|validation|la porte)|d'(?:accès|entrée)|sms|reçu)|digicode|código (?:pin|sms|de (?:verificación|seguridad|confirmación|acceso|la puerta|"        \
  "verificação|segurança|confirmação|acesso|portão))|codice (?:pin|sms|di (?:verifica|sicurezza|conferma|accesso)|del cancello)|kod (?:pin|sms|weryfikacyjny|"   \
  "jednorazowy|dostępu|do (?:drzwi|bramy|domofonu|furtki|alarmu|klatki))|(?:verificatie|beveiligings|toegangs|deur|alarm|sms-?)code|(?:engångs|verifierings|"    \
  "säkerhets|port|larm|sms-?)kod(?:en)?|(?:doğrulama|güvenlik|onay|giriş|kapı|sms) (?:kodu|kodum|şifresi)"
#define PHONE_WORDS                                                                                                                                           \
  "tele(?:ph|f)on[a-zönąeouıÓ]*|phone|tel|tél|mobile?|mobil[a-zenu]*|móvil|cell(?:ulare|phone)?|handy(?:nummer)?|fax|call me|reach me|ring me|whatsapp|"      \
  "durchwahl|dw|rückruf|zurückrufen|erreichbar|anrufen|rufen sie|portable|appele[rz]|joindre|rappele[rz]?|llámeme|llamar|llámame|chiamar[ei]|chiamatemi|kom|" \
  "komórk[aię]|dzwonić|zadzwoń|numer|nr|telefoonnummer|bel(?:len)?|mobiel|gsm|ligar|ligue|telemóvel|celular|mobilnummer|ring|nås|cep|ara(?:yın|yabilirsiniz)|numaram?"
#define ID_WORDS                                                                                                                                                       \
  "identity card|id[ -]card|carte (?:nationale )?d'identité|cni|documento(?: de identidad)?|carta d'identità|patente|permis de conduire|permiso de conducir|"          \
  "führerschein(?:-?nr)?|personalausweis|perso|legitymacj[aię]|prawo jazdy|prawa jazdy|identiteitskaart|id-kaart|rijbewijs(?:nummer)?|carta de condução|niss|rg|"      \
  "identitetskort|id-kort|körkort(?:snummer)?|ehliyet(?: no)?|nüfus cüzdanı|t\\.?c\\.? ?(?:no|numaram)|nhs(?: number| no)?|steuer-?nr|tax (?:number|no)|nss|svnr|nir|" \
  "ssn|social security(?: number| no\\.?)?|passport(?: number| no\\.?)?|national insurance(?: number| no\\.?)?|ni number|tax id|driving licen[cs]e(?: number)?|"       \
  "steuer-?id(?:entifikationsnummer)?|steuernummer|sozialversicherungsnummer|sv-nummer|sv-nr\\.?|reisepass(?:nummer|-?nr\\.?)?|ausweis(?:nummer|-?nr\\.?)?|"           \
  "personalausweis(?:nummer|-?nr\\.?)?|kundenkarte(?:nnummer)?|numéro de sécurité sociale|sécurité sociale|n° de sécu|passeport|dni|nie|nif|pasaporte|"                \
  "codice fiscale|c\\.f\\.|cf|passaporto|carta d'identità|pesel|dowód|dowodu|paszport[u]?|nip|bsn|burgerservicenummer|paspoort(?:nummer)?|"                            \
  "contribuinte|cartão de cidadão|cpf|passaporte|personnummer|pers\\.?nr|pass(?:nummer)?|t\\.?c\\.? ?kimlik(?: no| numaram?)?|kimlik no|pasaport(?: no)?|"             \
  "(?:customer|loyalty|member(?:ship)?|staff|employee|library|health|insurance) (?:card|number|no\\.?|id)|versichertennummer|krankenversicherung(?:snummer)?|"         \
  "(?:mitglieds|dienst|werks|gesundheits|versicherten)(?:ausweis|karte|nummer)(?:nummer|-?nr)?|carte (?:de fidélité|client|vitale|d'adhérent)|cuit|cuil|curp|"         \
  "tarjeta (?:de )?(?:cliente|fidelidad|socio|sanitaria)|tessera(?: (?:sanitaria|soci|fedeltà))?|karta (?:stałego )?klienta|(?:klanten|leden|personeels)(?:pas|"       \
  "kaart|nummer)|cartão (?:de )?(?:cliente|fidelidade|sócio)|(?:kund|medlems|anställnings)(?:kort|nummer)(?:et)?|(?:müşteri|üye) (?:kart\\w*|no|numara\\w*)"
#define LOGIN_WORDS                                                                                                                                           \
  "user ?name|user id|login(?: name)?|screen name|benutzername|nutzername|anmeldename|nom d'utilisateur|identifiant|pseudo|nombre de usuario|usuario|"        \
  "nome utente|nazwa użytkownika|nazwą użytkownika|loginem|gebruikersnaam|nome de utilizador|utilizador|usuário|användarnamn|kullanıcı(?: ?adı)?[mn]?|skype|" \
  "telegram|discord|nick(?:name)?|pseudonyme|operatore|operador|utilisateur|utente|użytkownik|gebruiker|användare"
#define LINK "(?:\\s+(?:is|was|ist|war|lautet|c'est|est|es|era|è|é|to|jest|är|var))?\\s*[:=,(]?\\s*"
#define IS "(?: (?:is|was|to|ist|lautet|war|est|es|è|e|é|to jest|jest|to|is|är|var))? ?(?:[:=]|\\bis\\b|\\bwas\\b|\\bist\\b|\\blautet\\b|\\best\\b|\\bes\\b|\\bè\\b|\\bé\\b|\\bjest\\b|\\bto\\b|\\bär\\b) ?"
/* "dowodu osobistego nr", "carte nationale d'identité n°", "identity card number" */
#define ID_MORE "(?:\\s+(?:osobist\\w+|identity|card|national\\w*|d'identit[éà]|de (?:identidad(?:e)?|cidadão|cliente)|fiscal\\w*|number|numer|nummer|numéro|número|numero|numaras\\w*|numaram)\\b){0,3}"
#define COLON "\\.?\\s?\\(?(?:no\\.?|nr\\.?|n°|nº|:|=|is|ist|lautet|est|es|è|é|to|jest|är)*\\s?[:#]?\\s?"

const LiaPersonalRule lia_personal_number_rules[] = {
  /* Keys that say whose they are by how they begin, as their makers publish for scanners */
  { LIA_PERSONAL_SECRET, "\\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\\w{20,}|gl(?:pat|dt|rt)-[\\w-]{16,}|sk-[\\w-]{16,}|[spr]k_(?:live|test)_\\w{8,}|"
                         "(?:AKIA|ASIA)[0-9A-Z]{12,}|AIza[\\w-]{30,}|xox[abeoprs]-[\\w-]{8,}|ya29\\.[\\w-]+|SG\\.[\\w-]{16,}(?:\\.[\\w-]+)?|npm_\\w{30,}|"
                         "dop_v1_\\w+|hf_\\w{20,}|shpat_\\w{16,}|whsec_\\w{8,}|EAA[A-Za-z0-9]{30,})" },
  { LIA_PERSONAL_SECRET, "\\beyJ[\\w-]{8,}\\.[\\w-]*(?:\\.[\\w-]*)?" },             /* RFC 7519 */
  { LIA_PERSONAL_SECRET, "\\b(?:bearer|basic)\\s+([\\w.~+/-]{8,}=*)", NULL, TRUE }, /* RFC 6750, RFC 7617 */
  { LIA_PERSONAL_SECRET, "(?:\\b|_)(?:" SECRET_WORDS ")\\b[\"']?" IS "[\"'„“«»]?([^\\s\"'„“«»,;&]{3,}[^\\s\"'„“«»,;&.!?)])", lia_personal_is_secret, TRUE },
  { LIA_PERSONAL_SECRET, "(?:\\b|_)(?:" SECRET_WORDS ")[\"']?\\s?[:=]\\s?[\"'„“«»]?([^\\s\"'„“«»,;&]{3,}[^\\s\"'„“«»,;&.])", lia_personal_is_secret, TRUE },
  { LIA_PERSONAL_SECRET, "(?<![\\w/.-])([A-Za-z0-9+/_-]{28,}={0,2})(?![\\w/.-])", lia_personal_is_random },
  { LIA_PERSONAL_SECRET, "(?:\\b|_)(?:" SECRET_WORDS ")\\s+[\"'„“«»(]?((?=\\S*\\d)(?=\\S*\\p{L})[^\\s\"'„“«»,;()]{5,}[^\\s\"'„“«»,;().])", lia_personal_is_secret, TRUE },
  { LIA_PERSONAL_SECRET, "\\b(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\\d)[A-Z0-9]{4,5}(?:-[A-Z0-9]{4,5}){3,}\\b" }, /* a licence in fours or fives */
  { LIA_PERSONAL_SECRET, "(?<![\\w/.-])([a-z]{2,8}_[A-Za-z0-9_-]{12,})(?![\\w.])", lia_personal_is_mixed },
  { LIA_PERSONAL_SECRET, "(?:\\b|_)(?:" SECRET_WORDS ")\\b[^.!?:;=\\n]{0,40}(?:[,:=(„“\"'«]\\s?|\\b(?:to|is|ist|est|es|è|é|är)\\s)[\"'„“«(]?((?=\\S*\\d)(?=\\S*\\p{L})[^\\s\"'„“«»,;&()]{5,}[^\\s\"'„“«»,;&().!?])", lia_personal_is_secret, TRUE },
  { LIA_PERSONAL_SECRET, "\\bcookie:.*?=([^\\s;,]{6,})", NULL, TRUE },
  { LIA_PERSONAL_SECRET, "^\\s*[\\w.-]*(?:" SECRET_WORDS ")[\"']?\\s?=\\s?[\"']?([^\\s\"']{4,})[\"']?[;,]?$", lia_personal_is_hidden, TRUE },
  { LIA_PERSONAL_SECRET, "(?:\\b|_)(?:" SECRET_WORDS ")\\b[^\\n.!?;\"„“«»]{0,20}[\"„“«]([^\\s\"„“”«»]{5,})[\"“”»]", lia_personal_is_hidden, TRUE },
  { LIA_PERSONAL_SECRET, "\\b(?:" CODE_WORDS ")\\b[^\\d\\n.!?;]{0,24}(?<![\\w.,-])(\\d(?:[ -]?\\d){3,7})(?![\\w-]|[.,]\\d)", NULL, TRUE },
  { LIA_PERSONAL_SECRET, "\\b[a-z][a-z0-9+.-]*://([^\\s/@:]+(?::[^\\s/@]*)?)@" },
  { LIA_PERSONAL_SECRET, "[?&;#](?:token|key|api_?key|auth|access_token|id_token|refresh_token|sig|signature|code|session|sid|sessionid|password|pass|pw|pwd|secret|"
                         "hash|otp|ticket|invite|reset|reset_token|confirmation_token|jwt|t|k|x-amz-signature|hmac|user|login|email|uid)=([^\\s&#\"'<>)]{3,})" },
  { LIA_PERSONAL_SECRET, "\\b(?:https?://|www\\.)\\S*?/(?:reset|reset-password|password-reset|recover|invite|invitation|magic|magic-link|confirm|verify|activate|"
                         "unsubscribe|token|login|t|r|share)/([\\w.~=-]{12,})" },
  { LIA_PERSONAL_SECRET, "\\b(?:https?://|www\\.)[^\\s?#]*[?#](?:[^\\s=&]*=[^\\s&]*&)*[\\w.-]+=([\\w.~%+/-]{8,}=*)", lia_personal_is_mixed },
  { LIA_PERSONAL_SECRET, "\\b(?:https?://|www\\.)[^\\s?#]*/([\\w.~-]{8,})(?=[\\s,;)>]|$)", lia_personal_is_mixed },
  { LIA_PERSONAL_SECRET, "\\bhttps?://[^\\s?#]+[?#](\\S+)", NULL, FALSE, TRUE },

  { LIA_PERSONAL_MAIL, "[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]*[\\p{L}\\p{N}_+-](?:@|%40)(?!\\dx\\.)[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?\\.\\p{L}{2,}" },
  { LIA_PERSONAL_MAIL, "[\\w.+-]+\\s?(?:\\(at\\)|\\[at\\]| at |\\(arroba\\)|\\(ät\\)|\\(małpa\\))\\s?[\\w-]+(?:\\s?(?:\\.|\\(dot\\)|\\[dot\\]| dot |\\(punkt\\)| punkt )\\s?[\\w-]+)+" },
  { LIA_PERSONAL_IBAN, "\\b[A-Z]{2}\\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\\b", lia_personal_is_iban },
  { LIA_PERSONAL_IBAN, "\\b[A-Z]{2}\\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?=\\s|$|[.,;)])", lia_personal_is_iban },
  { LIA_PERSONAL_IBAN, "\\b[a-z]{2}\\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?\\b", lia_personal_is_iban },
  { LIA_PERSONAL_CARD, "(?<![\\w.,-])\\d(?:[ -]?\\d){12,18}(?![\\w-])", lia_personal_is_card },
  { LIA_PERSONAL_IP, "(?<![\\w.:-])(?<!\\bv)\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\w-]|\\.\\d)", lia_personal_is_ip },
  { LIA_PERSONAL_IP, "(?<![\\w:.])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?![\\w:.])", lia_personal_is_ip },

  { LIA_PERSONAL_ID, "(?:\\b|^)(?:" ID_WORDS ")\\b" ID_MORE COLON "([A-Z]{0,3}[ ./-]?\\d[A-Z0-9./-]{2,}(?: ?[A-Z0-9./-]*\\d[A-Z0-9./-]*)*)", NULL, TRUE },
  { LIA_PERSONAL_ID, "\\b[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]\\b" },                               /* Italy, codice fiscale */
  { LIA_PERSONAL_ID, "\\b(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}\\b" },                                /* USA, social security */
  { LIA_PERSONAL_ID, "\\b[A-Z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]\\b" },                                        /* United Kingdom, national insurance */
  { LIA_PERSONAL_ID, "\\b[12] ?\\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3}(?: ?\\d{2})?\\b" }, /* France, sécurité sociale */
  { LIA_PERSONAL_ID, "\\b(?:\\d{8}-?[A-HJ-NP-TV-Z]|[XYZ]-?\\d{7}-?[A-HJ-NP-TV-Z])\\b" },                       /* Spain, DNI and NIE */
  { LIA_PERSONAL_ID, "\\b\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}\\b" },                                                /* Brazil, CPF */
  { LIA_PERSONAL_ID, "\\b(?:19|20)?\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])[-+]\\d{4}\\b" },            /* Sweden, personnummer */
  { LIA_PERSONAL_ID, "(?<![\\w.+-])[1-9]\\d{10}(?![\\w-]|[.,]\\d)", lia_personal_is_tckn },
  { LIA_PERSONAL_ID, "(?<![\\w.-])\\d{2}(?:[02468][1-9]|[13579][0-2])(?:0[1-9]|[12]\\d|3[01])\\d{5}(?![\\w-])", lia_personal_is_pesel },

  { LIA_PERSONAL_LOGIN, "[A-Za-z]:[\\\\/]+(?:Users|Benutzer|Utilisateurs|Usuarios|Documents and Settings)[\\\\/]+([^\\\\/\\s\"':*?<>|]+)", lia_personal_is_login },
  { LIA_PERSONAL_LOGIN, "(?<![\\w.])/(?:home|Users|export/home|var/mail|mnt/c/Users)/([^/\\s\"':;,)]+)", lia_personal_is_login },
  { LIA_PERSONAL_LOGIN, "\\b(?:" LOGIN_WORDS ")\\b[\"']?" IS "[\"'„“«»]?([\\w][\\w.@-]*[\\w])", lia_personal_is_login, TRUE },

  { LIA_PERSONAL_LOGIN, "(?<![\\w.-])(?:" LOGIN_WORDS "|user|usr|uid|owner|account|benutzer|konto)[\"']?\\s?=\\s?[\"'„“«]?((?=[\\w.@+-]*\\p{L})[\\w][\\w.@+-]*[\\w])", lia_personal_is_login, TRUE },
  { LIA_PERSONAL_LOGIN, "\\b(?:" LOGIN_WORDS "|user|benutzer|account|konto|compte|cuenta|kennung)" LINK "(?<=[\\s:=,(])[\"'„“«»]?((?=[\\w.-]*(?:\\d|_|\\w\\.\\p{L}))\\p{L}[\\w.-]*\\w)\\b(?!\\.\\w)", lia_personal_is_login, TRUE },
  { LIA_PERSONAL_LOGIN, "\\bsips?:([^\\s@<>;:,\"']+)@", lia_personal_is_login, TRUE },
  { LIA_PERSONAL_LOGIN, "(?<![\\w.@/:-])([\\w.-]+)@(?=\\d{1,3}(?:\\.\\d{1,3}){3}\\b|[\\w-]+:[~/])", lia_personal_is_login }, /* at a machine without a name, or a shell's prompt */
  { LIA_PERSONAL_PHONE, "(?<!\\w)(?:extension|ext\\.?|poste|durchwahl|dw|interno|int\\.|wewn\\.?|toestel|ramal|anknytning|dahili)\\s?:?\\s?(\\d{2,5})\\b", NULL, TRUE },
  { LIA_PERSONAL_PHONE, "(?<![\\w.,/-])((?:\\+|%2B|00)[1-9](?:[ ./()-]{0,3}\\d){6,14}(?:\\s?(?:-|/|ext\\.?|x|int\\.?|poste|dw|interno|wew\\.?|toestel)\\s?\\d{1,5})?)(?!\\w)", lia_personal_is_telephone },
  { LIA_PERSONAL_PHONE, "(?:^|\\b)(?:" PHONE_WORDS ")[^\\d\\n+(]{0,14}((?:\\+|\\()?\\d(?:[ ./()-]{0,3}\\d){4,14}(?:\\s?(?:-|/|ext\\.?|x|int\\.?|poste|dw|interno|wew\\.?|toestel)\\s?\\d{1,5})?)(?![\\w%€])", lia_personal_is_telephone, TRUE },
  { LIA_PERSONAL_PHONE, "(?<![\\w.,/-])(\\(?0[1-9]\\d{0,4}\\)?(?:\\s?[/ –-]\\s?|\\s|\\.)\\d(?:[ ./-]?\\d){4,9}(?:\\s?(?:-|ext\\.?|x|dw|int\\.?)\\s?\\d{1,5})?)(?![\\w])", lia_personal_is_telephone },
  { LIA_PERSONAL_PHONE, "(?<![\\w.,/-])(\\(\\d{2,4}\\)\\s?\\d{3,5}[ .-]?\\d{4})(?![\\w-])", lia_personal_is_telephone },
};

const guint lia_n_personal_number_rules = G_N_ELEMENTS (lia_personal_number_rules);

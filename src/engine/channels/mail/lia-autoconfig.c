/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The answer of a provider's autoconfiguration: Mozilla's clientConfig 1.1, which most providers publish. Pure. Only servers with
 * encryption are taken; of several the first of each kind, as the format's authors ask.
 */

#include "lia-autoconfig.h"

#include <libxml/parser.h>
#include <string.h>

#define MAX_BYTES (256 * 1024)

static char *
child_text (xmlNode    *node,
            const char *name)
{
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (child->type == XML_ELEMENT_NODE && g_str_equal (child->name, name))
        {
          g_autofree char *copy = NULL;
          xmlChar         *text = xmlNodeGetContent (child);

          copy = g_strstrip (g_strdup (text != NULL ? (const char *)text : ""));
          xmlFree (text);
          return g_steal_pointer (&copy);
        }
    }

  return NULL;
}

static gboolean
has_attribute (xmlNode    *node,
               const char *name,
               const char *value)
{
  xmlChar *text = xmlGetProp (node, (const xmlChar *)name);
  gboolean equal = text != NULL && g_ascii_strcasecmp ((const char *)text, value) == 0;

  xmlFree (text);

  return equal;
}

/* The placeholders of the format: %EMAILADDRESS%, %EMAILLOCALPART%, %EMAILDOMAIN%. */
static char *
fill_in (const char *text,
         const char *address)
{
  g_autoptr (GString) filled = g_string_new (text);
  const char      *at = strrchr (address, '@');
  g_autofree char *local = g_strndup (address, at - address);

  g_string_replace (filled, "%EMAILADDRESS%", address, 0);
  g_string_replace (filled, "%EMAILLOCALPART%", local, 0);
  g_string_replace (filled, "%EMAILDOMAIN%", at + 1, 0);

  return g_string_free_and_steal (g_steal_pointer (&filled));
}

typedef struct
{
  char       *host;
  gint64      port;
  const char *tls;
  char       *login;
} Server;

static void
server_clear (Server *server)
{
  g_free (server->host);
  g_free (server->login);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Server, server_clear)

static gboolean
read_server (xmlNode    *node,
             const char *address,
             Server     *server)
{
  g_autofree char *host = child_text (node, "hostname");
  g_autofree char *port = child_text (node, "port");
  g_autofree char *security = child_text (node, "socketType");
  g_autofree char *login = child_text (node, "username");
  guint64          number = 0;

  if (host == NULL || port == NULL || security == NULL || !g_ascii_string_to_unsigned (port, 10, 1, 65535, &number, NULL))
    return FALSE;
  if (g_ascii_strcasecmp (security, "SSL") == 0)
    server->tls = "tls";
  else if (g_ascii_strcasecmp (security, "STARTTLS") == 0)
    server->tls = "starttls";
  else
    return FALSE;

  server->host = fill_in (host, address);
  server->port = number;
  server->login = login != NULL && *login != '\0' ? fill_in (login, address) : g_strdup (address);

  return *server->host != '\0' && strpbrk (server->host, " /\\@\r\n") == NULL;
}

static void
find_server (xmlNode    *provider,
             const char *element,
             const char *type,
             const char *address,
             Server     *server)
{
  for (xmlNode *node = provider->children; node != NULL; node = node->next)
    {
      if (node->type == XML_ELEMENT_NODE && g_str_equal (node->name, element) && has_attribute (node, "type", type) &&
          read_server (node, address, server))
        return;
      server_clear (server);
      memset (server, 0, sizeof *server);
    }
}

static xmlNode *
find_provider (xmlDoc *document)
{
  xmlNode *root = xmlDocGetRootElement (document);

  for (xmlNode *node = root != NULL ? root->children : NULL; node != NULL; node = node->next)
    {
      if (node->type == XML_ELEMENT_NODE && g_str_equal (node->name, "emailProvider"))
        return node;
    }

  return NULL;
}

/**
 * lia_autoconfig_parse:
 * @xml: what the provider answered, @length bytes
 * @address: a valid e-mail address, for the placeholders
 *
 * Returns: (nullable) (transfer full): how the mailbox is reached, or NULL when it does not say so completely
 */
LiaMailbox *
lia_autoconfig_parse (const char *xml,
                      gsize       length,
                      const char *address)
{
  g_auto (Server) imap = { 0 };
  g_auto (Server) smtp = { 0 };
  xmlDoc  *document;
  xmlNode *provider;

  g_return_val_if_fail (strchr (address, '@') != NULL, NULL);

  if (length > MAX_BYTES)
    return NULL;

  document = xmlReadMemory (xml, length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (document == NULL)
    return NULL;

  provider = find_provider (document);
  if (provider != NULL)
    {
      find_server (provider, "incomingServer", "imap", address, &imap);
      find_server (provider, "outgoingServer", "smtp", address, &smtp);
    }
  xmlFreeDoc (document);

  if (imap.host == NULL || smtp.host == NULL)
    return NULL;

  LiaMailbox *mailbox = lia_mailbox_new ();
  mailbox->source = g_strdup ("autoconfig");
  mailbox->address = g_strdup (address);
  mailbox->login = g_steal_pointer (&imap.login);
  mailbox->imap_host = g_steal_pointer (&imap.host);
  mailbox->imap_port = imap.port;
  mailbox->imap_tls = g_strdup (imap.tls);
  mailbox->smtp_host = g_steal_pointer (&smtp.host);
  mailbox->smtp_port = smtp.port;
  mailbox->smtp_tls = g_strdup (smtp.tls);

  return mailbox;
}

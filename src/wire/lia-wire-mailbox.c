/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a mailbox is reached. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define AT(field) G_STRUCT_OFFSET (LiaMailbox, field)

static const LiaField fields[] = {
  { "source", LIA_FIELD_TEXT, AT (source) },
  { "address", LIA_FIELD_TEXT, AT (address) },
  { "name", LIA_FIELD_TEXT, AT (name) },
  { "sender_name", LIA_FIELD_TEXT, AT (sender_name) },
  { "login", LIA_FIELD_TEXT, AT (login) },
  { "ca", LIA_FIELD_TEXT_OR_NULL, AT (ca) },
};

static const LiaField imap_fields[] = {
  { "host", LIA_FIELD_TEXT, AT (imap_host), LIA_JSON_REQUIRED },
  { "port", LIA_FIELD_INT, AT (imap_port) },
  { "tls", LIA_FIELD_TEXT, AT (imap_tls) },
};

static const LiaField smtp_fields[] = {
  { "host", LIA_FIELD_TEXT, AT (smtp_host), LIA_JSON_REQUIRED },
  { "port", LIA_FIELD_INT, AT (smtp_port) },
  { "tls", LIA_FIELD_TEXT, AT (smtp_tls) },
};

static gboolean
decode_server (LiaMailbox     *mailbox,
               const LiaField *server_fields,
               guint           n_fields,
               const char     *name,
               JsonObject     *object,
               GError        **error)
{
  JsonObject *server;

  if (!lia_json_obj (object, name, LIA_JSON_OPTIONAL, &server, error))
    return FALSE;
  if (server == NULL || lia_fields_decode (server_fields, n_fields, mailbox, server, error))
    return TRUE;
  lia_problem_prefix (error, name, -1);

  return FALSE;
}

static gboolean
check_server (const char *name,
              const char *tls,
              gint64      port,
              GError    **error)
{
  g_autofree char *port_pointer = g_strdup_printf ("/%s/port", name);
  g_autofree char *tls_pointer = g_strdup_printf ("/%s/tls", name);

  if (port < 0 || port > 65535)
    lia_problem_set_invalid (error, port_pointer, "range", "A port is between 1 and 65535");
  else if (tls != NULL && !g_str_equal (tls, "tls") && !g_str_equal (tls, "starttls") && !g_str_equal (tls, ""))
    lia_problem_set_invalid (error, tls_pointer, "value", "Only “tls” and “starttls” are possible");
  else
    return TRUE;

  return FALSE;
}

JsonObject *
lia_wire_encode_mailbox (LiaMailbox *mailbox)
{
  JsonObject *object = lia_fields_encode_new (fields, G_N_ELEMENTS (fields), mailbox);

  json_object_set_object_member (object, "imap", lia_fields_encode_new (imap_fields, G_N_ELEMENTS (imap_fields), mailbox));
  json_object_set_object_member (object, "smtp", lia_fields_encode_new (smtp_fields, G_N_ELEMENTS (smtp_fields), mailbox));

  return object;
}

/** lia_wire_decode_mailbox: an absent server leaves its fields NULL and 0. */
LiaMailbox *
lia_wire_decode_mailbox (JsonObject *object,
                         GError    **error)
{
  g_autoptr (LiaMailbox) mailbox = lia_mailbox_new ();

  if (!lia_fields_decode (fields, G_N_ELEMENTS (fields), mailbox, object, error) ||
      !decode_server (mailbox, imap_fields, G_N_ELEMENTS (imap_fields), "imap", object, error) ||
      !decode_server (mailbox, smtp_fields, G_N_ELEMENTS (smtp_fields), "smtp", object, error) ||
      !check_server ("imap", mailbox->imap_tls, mailbox->imap_port, error) ||
      !check_server ("smtp", mailbox->smtp_tls, mailbox->smtp_port, error))
    return NULL;

  return g_steal_pointer (&mailbox);
}

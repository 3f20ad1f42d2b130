/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Links of strangers. Only the web and mail; the program that opens them is the system's choice (in a sandbox, the portal's). */

#include "lia-link.h"

#include "lia-config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/** lia_link_is_safe: whether it is of a kind that may be opened at all. */
gboolean
lia_link_is_safe (const char *uri)
{
  g_autofree char *scheme = g_uri_parse_scheme (uri);

  return scheme != NULL &&
         (g_ascii_strcasecmp (scheme, "https") == 0 || g_ascii_strcasecmp (scheme, "http") == 0 || g_ascii_strcasecmp (scheme, "mailto") == 0);
}

static void
on_launched (GObject      *launcher,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (launcher), result, &error) && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    g_message ("a link could not be opened: %s", error->message);
}

/** lia_link_open: opens a web or mail address that the user has read; anything else is left alone. */
void
lia_link_open (GtkWidget  *parent,
               const char *uri)
{
  g_autoptr (GtkUriLauncher) launcher = NULL;
  GtkRoot *root = gtk_widget_get_root (parent);

  if (!lia_link_is_safe (uri))
    return;

  launcher = gtk_uri_launcher_new (uri);
  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, on_launched, NULL);
}

typedef struct
{
  GtkWidget *parent;
  char      *uri;
} Question;

static void
on_answer (GObject      *dialog,
           GAsyncResult *result,
           gpointer      data)
{
  Question *question = data;

  if (g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (dialog), result), "open"))
    lia_link_open (question->parent, question->uri);

  g_object_unref (question->parent);
  g_free (question->uri);
  g_free (question);
}

/** lia_link_ask: shows where a link really goes, whatever its text says, and opens it when the user wants that. */
void
lia_link_ask (GtkWidget  *parent,
              const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NON_DNS | G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = parsed != NULL ? g_uri_get_host (parsed) : NULL;
  AdwDialog  *dialog;
  Question   *question;

  if (!lia_link_is_safe (uri))
    return;

  dialog = adw_alert_dialog_new (_ ("Open This Link?"), NULL);
  if (host != NULL && *host != '\0')
    /* Translators: the host of a link, then its whole address */
    adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), _ ("It leads to “%s”.\n\n%s"), host, uri);
  else
    adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), uri);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "open", _ ("_Open"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "open", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");

  question = g_new0 (Question, 1);
  question->parent = g_object_ref (parent);
  question->uri = g_strdup (uri);
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), parent, NULL, on_answer, question);
}

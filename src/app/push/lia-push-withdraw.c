/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-push-withdraw.h"

#include "lia-client-push.h"
#include "lia-client-trackers.h"
#include "lia-then.h"
#include "lia-value-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/** lia_push_withdraw_is_possible: an issue of ours is there. An answer is a comment among others. */
gboolean
lia_push_withdraw_is_possible (LiaPush *push)
{
  return (push->state == LIA_PUSH_FILED || push->state == LIA_PUSH_ATTACHING) && *push->question == '\0';
}

/* What happens ----------------------------------------------------------------------------------------------------------------------------- */

static LiaTrackerSetup *
dup_tracker (LiaClient  *client,
             const char *id)
{
  GListModel *trackers = lia_client_get_trackers (client);

  for (guint i = 0; i < g_list_model_get_n_items (trackers); i++)
    {
      g_autoptr (LiaTrackerSetup) tracker = g_list_model_get_item (trackers, i);

      if (g_str_equal (tracker->id, id))
        return g_steal_pointer (&tracker);
    }

  return NULL;
}

static const char *
there_words (const char *kind)
{
  if (g_str_equal (kind, "webhook"))
    return _ ("Your program is told that the issue is withdrawn; what it makes of that is up to it.");
  if (g_str_equal (kind, "jira") || g_str_equal (kind, "jira-cloud"))
    return _ ("Summary and description of the issue are replaced by a note that it was withdrawn, and it is closed by a transition that its workflow allows. Its number stays.");
  if (g_str_equal (kind, "bugzilla"))
    return _ ("The bug’s summary is replaced, a comment says that it was withdrawn, and it is resolved as invalid. Its description cannot be changed, only hidden from all but insiders, where Liaison is one.");
  if (g_str_equal (kind, "redmine"))
    return _ ("Subject and description of the issue are replaced by a note that it was withdrawn, and it gets a status that closes it. Its number stays.");

  return _ ("Title and text of the issue are replaced by a note that it was withdrawn, and it is closed. Its number stays.");
}

static char *
new_body (LiaPush         *push,
          LiaTrackerSetup *tracker)
{
  GString *body = g_string_new (NULL);

  /* Translators: an issue's title, a tracker's name */
  g_string_append_printf (body, _ ("“%s”, in %s."), push->title, tracker != NULL ? tracker->name : push->tracker);
  g_string_append_printf (body, "\n\n%s", there_words (tracker != NULL ? tracker->kind : ""));
  if (push->files->len > 0)
    g_string_append_printf (body, " %s", ngettext ("Its file stays there: only an administrator of the tracker can delete it.", "Its files stay there: only an administrator of the tracker can delete them.", push->files->len));
  g_string_append_printf (body, "\n\n%s\n\n%s", _ ("Comments stay, the tracker keeps its history, and mail that it has sent is read already."),
                          _ ("This cannot be undone. Here the finding stays, without that issue."));

  return g_string_free_and_steal (body);
}

/* Asking ----------------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  LiaClient *client;
  char      *push;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_clear_object (&asked->client);
  g_free (asked->push);
  g_free (asked);
}

static void
on_response_cb (GtkWidget  *widget,
                const char *response,
                AdwDialog  *dialog)
{
  Asked *asked = g_object_get_data (G_OBJECT (dialog), "asked");

  if (g_strcmp0 (response, "withdraw") == 0)
    lia_then_complain (lia_client_retract_push (asked->client, asked->push), widget, _ ("It could not be withdrawn"));
}

/** lia_push_withdraw_ask: nothing happens before a person agrees. Problems are told where @widget is. */
void
lia_push_withdraw_ask (GtkWidget *widget,
                       LiaClient *client,
                       LiaPush   *push)
{
  g_autoptr (LiaTrackerSetup) tracker = dup_tracker (client, push->tracker);
  g_autofree char *body = new_body (push, tracker);
  AdwAlertDialog  *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Withdraw This Issue?"), body));
  Asked           *asked = g_new0 (Asked, 1);

  asked->client = g_object_ref (client);
  asked->push = g_strdup (push->id);
  g_object_set_data_full (G_OBJECT (dialog), "asked", asked, asked_free);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "withdraw", _ ("_Withdraw"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "withdraw", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
on_pushes_cb (gpointer      owner,
              const GValue *value,
              GError       *error,
              gpointer      client)
{
  GListModel *pushes = value != NULL ? G_LIST_MODEL (((LiaValuePage *)g_value_get_object (value))->values) : NULL;

  if (pushes == NULL)
    {
      lia_complain (owner, _ ("It could not be withdrawn"), error);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (pushes); i++)
    {
      g_autoptr (LiaPush) push = g_list_model_get_item (pushes, i);

      if (!lia_push_withdraw_is_possible (push))
        continue;
      lia_push_withdraw_ask (owner, client, push);
      return;
    }
  lia_toast (owner, _ ("Nothing of it was sent from here: its issue was there before, and was only linked"));
}

/** lia_push_withdraw_ask_newest: of what was sent of @finding, what is there still. */
void
lia_push_withdraw_ask_newest (GtkWidget  *widget,
                              LiaClient  *client,
                              const char *finding)
{
  lia_then (lia_client_get_pushes (client, finding, NULL), widget, on_pushes_cb, g_object_ref (client), g_object_unref);
}

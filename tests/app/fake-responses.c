/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-responses.h"

struct _LiaResponses
{
  GObject parent_instance;

  LiaCannedIndex *index;
};

G_DEFINE_FINAL_TYPE (LiaResponses, lia_responses, G_TYPE_OBJECT)

static void
lia_responses_finalize (GObject *object)
{
  g_clear_object (&((LiaResponses *)object)->index);
  G_OBJECT_CLASS (lia_responses_parent_class)->finalize (object);
}

static void
lia_responses_class_init (LiaResponsesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_responses_finalize;
  g_signal_new ("changed", LIA_TYPE_RESPONSES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lia_responses_init (LiaResponses *self)
{
  self->index = lia_canned_index_new ();
}

LiaCannedIndex *
lia_responses_get_index (LiaResponses *self)
{
  return self->index;
}

gboolean
lia_responses_get_loaded (LiaResponses *self)
{
  return TRUE;
}

gboolean
lia_responses_get_current (LiaResponses *self)
{
  return TRUE;
}

LiaResponses *
lia_client_get_responses (LiaClient *self)
{
  LiaResponses *responses = g_object_get_data (G_OBJECT (self), "responses");

  if (responses == NULL)
    {
      responses = g_object_new (LIA_TYPE_RESPONSES, NULL);
      g_object_set_data_full (G_OBJECT (self), "responses", responses, g_object_unref);
    }

  return responses;
}

/** fake_responses_add: (transfer none): a reviewed one of the team's; its shortcut is its id. */
LiaCanned *
fake_responses_add (LiaClient  *client,
                    const char *shortcut,
                    const char *title,
                    const char *language,
                    const char *body)
{
  g_autoptr (LiaCanned) canned = lia_canned_new ();
  LiaCannedVariant *variant = lia_canned_variant_new ();

  g_set_str (&canned->id, shortcut);
  g_set_str (&canned->shortcut, shortcut);
  g_set_str (&canned->title, title);
  canned->scope = LIA_CANNED_TEAM;
  canned->state = LIA_CANNED_REVIEWED;
  g_set_str (&variant->language, language);
  g_set_str (&variant->body, body);
  g_ptr_array_add (canned->variants, variant);
  lia_canned_index_put (lia_responses_get_index (lia_client_get_responses (client)), canned);

  return canned;
}

/** fake_responses_tell: that there are others. */
void
fake_responses_tell (LiaClient *client)
{
  g_signal_emit_by_name (lia_client_get_responses (client), "changed", NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Entries for measurements, tests and pictures of the timeline: one believable conversation, and any number of random ones. */

#include "timeline-samples.h"

#include "lia-agent.h"
#include "lia-time.h"

#include <string.h>

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))
#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))

static LiaEntry *
entry_new (gint64       seq,
           gint64       at_ms,
           LiaEntryKind kind,
           LiaDirection direction,
           const char  *name,
           const char  *text)
{
  LiaEntry *entry = lia_entry_new ();

  entry->id = g_strdup_printf ("e_%" G_GINT64_FORMAT, seq);
  entry->seq = seq;
  entry->conv = g_strdup ("c_1");
  entry->at_ms = at_ms;
  entry->kind = kind;
  entry->direction = direction;
  entry->author_kind = direction == LIA_DIRECTION_IN ? LIA_AUTHOR_CUSTOMER : LIA_AUTHOR_AGENT;
  entry->author_id = g_strdup (direction == LIA_DIRECTION_IN ? "k_3" : "a_1");
  entry->author = lia_address_new (name, direction == LIA_DIRECTION_IN ? "ann.lee@example.com" : "support@example.org");
  entry->to = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  entry->cc = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  entry->bcc = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  entry->text = g_strdup (text);
  entry->folds = g_array_new (FALSE, FALSE, sizeof (LiaFold));
  entry->attachments = g_ptr_array_new_with_free_func (g_object_unref);
  entry->flags = g_new0 (char *, 1);
  entry->details = g_strdup ("{}");

  if (kind == LIA_ENTRY_EMAIL)
    {
      entry->subject = g_strdup ("Invoice 1042 is wrong");
      g_ptr_array_add (entry->to, direction == LIA_DIRECTION_IN ? lia_address_new ("Example Support", "support@example.org") : lia_address_new ("Ann Lee", "ann.lee@example.com"));
    }

  return entry;
}

static void
fold (LiaEntry   *entry,
      const char *from,
      LiaFoldKind kind)
{
  const char *start = strstr (entry->text, from);
  LiaFold     value = { (gsize)(start - entry->text), strlen (entry->text), kind };

  g_array_append_val (entry->folds, value);
}

static void
attach (LiaEntry   *entry,
        const char *name,
        const char *type,
        gint64      size,
        gboolean    dangerous)
{
  LiaAttachment *attachment = lia_attachment_new ();

  attachment->blob = g_strdup_printf ("b_%s", name);
  attachment->name = g_strdup (name);
  attachment->type = g_strdup (type);
  attachment->size_bytes = size;
  attachment->dangerous = dangerous;
  g_ptr_array_add (entry->attachments, attachment);
}

static LiaEntry *
state_new (gint64      seq,
           gint64      at_ms,
           const char *details)
{
  LiaEntry *entry = entry_new (seq, at_ms, LIA_ENTRY_STATE, LIA_DIRECTION_NONE, "Ben Okafor", "");

  g_set_str (&entry->details, details);

  return entry;
}

/* A call that was answered after 22 s, held and ended: `d` as API.md has it. */
static char *
call_details (gint64 at_ms)
{
  g_autofree char *created = lia_time_to_string (at_ms);
  g_autofree char *rung = lia_time_to_string (at_ms + 10 * 1000);
  g_autofree char *answered = lia_time_to_string (at_ms + 22 * 1000);
  g_autofree char *held = lia_time_to_string (at_ms + 100 * 1000);
  g_autofree char *resumed = lia_time_to_string (at_ms + 120 * 1000);
  g_autofree char *ended = lia_time_to_string (at_ms + 205 * 1000);

  return g_strdup_printf (
      "{\"pbx\":\"h_2\",\"uniqueid\":\"1.1\",\"dir\":\"in\",\"state\":\"ended\",\"outcome\":\"answered\",\"number\":\"+44 20 7946 0958\",\"created\":\"%s\","
      "\"answered\":\"%s\",\"ended\":\"%s\",\"wait_s\":22,\"hold_s\":20,\"disposition\":\"Invoice\","
      "\"waits\":[{\"queue\":\"q_1\",\"from\":\"%s\",\"to\":\"%s\",\"position\":1,\"result\":\"answered\"}],"
      "\"offers\":[{\"agent\":\"a_1\",\"from\":\"%s\",\"to\":\"%s\",\"result\":\"answered\"}],"
      "\"segments\":[{\"agent\":\"a_1\",\"kind\":\"talk\",\"from\":\"%s\",\"to\":\"%s\"},{\"agent\":\"a_1\",\"kind\":\"hold\",\"from\":\"%s\",\"to\":\"%s\"}]}",
      created, answered, ended, created, answered, rung, answered, answered, ended, held, resumed);
}

static void
take (GListStore *store,
      LiaEntry   *entry)
{
  g_list_store_append (store, entry);
  g_object_unref (entry);
}

static void
add_mails (GListStore *store,
           gint64      now)
{
  LiaEntry *entry;

  entry = entry_new (1, now - 9 * DAY_MS, LIA_ENTRY_EMAIL, LIA_DIRECTION_IN, "Ann Lee",
                     "Hello,\n\nthe amount on invoice 1042 is not what we agreed on the phone. You promised 10 % off for the first year, and I "
                     "was charged the full price. The offer is still on your page: https://www.example.org/offers/first-year?lang=en\n\n"
                     "Could you please send a corrected invoice? I also attach a picture of the offer.\n\nThanks\nAnn\n\n-- \nAnn Lee · Lee Joinery\n12 Mill Lane");
  fold (entry, "-- \n", LIA_FOLD_SIGNATURE);
  attach (entry, "invoice-1042.pdf", "application/pdf", 48211, FALSE);
  attach (entry, "offer.png", "image/png", 183000, FALSE);
  entry->has_html = TRUE;
  take (store, entry);

  take (store, state_new (2, now - 9 * DAY_MS + 12 * MINUTE_MS, "{\"what\":\"assigned\",\"assignee\":\"a_1\"}"));

  entry = entry_new (3, now - 9 * DAY_MS + 31 * MINUTE_MS, LIA_ENTRY_NOTE, LIA_DIRECTION_NONE, "Ben Okafor",
                     "Checked with billing: the discount code was not applied because the order came by phone. Credit note is on its way, number follows.");
  take (store, entry);

  entry = entry_new (4, now - 9 * DAY_MS + 44 * MINUTE_MS, LIA_ENTRY_EMAIL, LIA_DIRECTION_OUT, "Ben Okafor",
                     "Hello Ann,\n\nyou are right, and I am sorry for the trouble. The discount was not taken over from the phone order. You will have "
                     "the corrected invoice by tomorrow noon.\n\nBest wishes\nBen\n\n> the amount on invoice 1042 is not what we agreed\n> on the phone.");
  fold (entry, "> the amount", LIA_FOLD_QUOTE);
  entry->send_state = LIA_SEND_SENT;
  take (store, entry);
}

static void
add_calls_and_chat (GListStore *store,
                    gint64      now)
{
  LiaEntry *entry;

  entry = entry_new (5, now - 3 * DAY_MS, LIA_ENTRY_CALL, LIA_DIRECTION_IN, "Ann Lee", "");
  g_free (entry->details);
  entry->details = call_details (entry->at_ms);
  attach (entry, "recording.wav", "audio/x-wav", 1464044, FALSE);
  take (store, entry);

  entry = entry_new (6, now - 3 * DAY_MS + 5 * MINUTE_MS, LIA_ENTRY_NOTE, LIA_DIRECTION_NONE, "Ben Okafor", "She has not got the new invoice. Sent it again while we spoke.");
  take (store, entry);

  take (store, entry_new (7, now - DAY_MS, LIA_ENTRY_CHAT, LIA_DIRECTION_IN, "Ann Lee", "Hi, it is me again 🙂"));
  take (store, entry_new (8, now - DAY_MS + MINUTE_MS, LIA_ENTRY_CHAT, LIA_DIRECTION_IN, "Ann Lee", "The invoice came, thank you. Is the next one right by itself, or must I write each month?"));
  take (store, entry_new (9, now - DAY_MS + 3 * MINUTE_MS, LIA_ENTRY_CHAT, LIA_DIRECTION_OUT, "Ben Okafor", "It is right by itself from now on. I have just checked your contract."));
  take (store, state_new (10, now - DAY_MS + 20 * MINUTE_MS, "{\"what\":\"closed\"}"));
}

/** timeline_samples_conversation: a customer's story over mail, phone and chat, with every state that is drawn. */
GListStore *
timeline_samples_conversation (void)
{
  GListStore *store = g_list_store_new (LIA_TYPE_ENTRY);
  gint64      now = lia_time_now ();
  LiaEntry   *entry;

  add_mails (store, now);
  add_calls_and_chat (store, now);

  entry = entry_new (11, now - 50 * MINUTE_MS, LIA_ENTRY_EMAIL, LIA_DIRECTION_IN, "Ann Lee",
                     "Dear Ben,\n\nthis month's invoice has the wrong address on it. We moved to 14 Mill Lane in May. A colleague of mine has filled in your form; "
                     "please write to her too, she is mia@example.com.\n\nAnn\n\nOn Tuesday Ben Okafor wrote:\n> It is right by itself from now on.");
  fold (entry, "On Tuesday", LIA_FOLD_QUOTE);
  attach (entry, "address-form.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 22113, FALSE);
  attach (entry, "setup-assistant.exe", "application/x-msdownload", 2411200, TRUE);
  g_ptr_array_add (entry->cc, lia_address_new ("Mia Lee", "mia@example.com"));
  take (store, entry);

  take (store, state_new (12, now - 45 * MINUTE_MS, "{\"what\":\"reopened\"}"));

  entry = entry_new (13, now - 20 * MINUTE_MS, LIA_ENTRY_EMAIL, LIA_DIRECTION_OUT, "Ben Okafor", "Hello Ann,\n\nthe address is changed, and Mia has a copy of the form.\n\nBest wishes\nBen");
  entry->send_state = LIA_SEND_FAILED;
  entry->problem = g_strdup ("the server for example.com refused mia@example.com: no such user");
  entry->outbox = g_strdup ("o_4");
  take (store, entry);

  entry = entry_new (14, now, LIA_ENTRY_EMAIL, LIA_DIRECTION_OUT, "Ben Okafor", "Hello Ann,\n\nhere is the invoice with the new address.\n\nBest wishes\nBen");
  entry->send_state = LIA_SEND_QUEUED;
  entry->undo_until_ms = now + 10000;
  entry->outbox = g_strdup ("o_5");
  take (store, entry);

  return store;
}

static const char *const words[] = { "invoice", "the", "and", "please", "we", "delivery", "customer", "printer", "does", "not", "work", "since", "Monday",
                                     "thanks", "for", "your", "answer", "a", "meeting", "with", "colleagues", "before", "noon", "is", "it", "possible",
                                     "to", "change", "order", "number", "of", "address", "tomorrow", "Grüße", "naïve", "🙂" };

static void
append_lines (GString *text,
              GRand   *random,
              int      lines)
{
  for (int i = 0; i < lines; i++)
    {
      int n = g_rand_int_range (random, 3, 14);

      for (int j = 0; j < n; j++)
        g_string_append_printf (text, "%s%s", j > 0 ? " " : "", words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
      g_string_append (text, g_rand_int_range (random, 0, 4) == 0 ? ".\n\n" : ".\n");
    }
}

/** timeline_samples_entry: 60 % of one line, 25 % of a few, 10 % of up to 15, 5 % of 20 to 40; some with quotes, attachments, or only a state. */
LiaEntry *
timeline_samples_entry (GRand *random,
                        gint64 seq)
{
  int          p = g_rand_int_range (random, 0, 100);
  int          lines = p < 60 ? 1 : p < 85 ? g_rand_int_range (random, 2, 5)
                                : p < 95   ? g_rand_int_range (random, 5, 16)
                                           : g_rand_int_range (random, 20, 41);
  gboolean     out = g_rand_int_range (random, 0, 3) == 0;
  LiaEntryKind kind = g_rand_int_range (random, 0, 10) < 6 ? LIA_ENTRY_EMAIL : LIA_ENTRY_CHAT;
  g_autoptr (GString) text = g_string_new (NULL);
  LiaEntry *entry;
  gint64    at = lia_time_now () - DAY_MS * 400 + seq * 17 * MINUTE_MS;

  if (g_rand_int_range (random, 0, 15) == 0)
    return state_new (seq, at, "{\"what\":\"closed\"}");

  append_lines (text, random, lines);
  if (kind == LIA_ENTRY_EMAIL && g_rand_int_range (random, 0, 3) == 0)
    {
      g_string_append (text, "\n> quoted ");
      append_lines (text, random, 4);
    }

  entry = entry_new (seq, at, g_rand_int_range (random, 0, 20) == 0 ? LIA_ENTRY_NOTE : kind, out ? LIA_DIRECTION_OUT : LIA_DIRECTION_IN, out ? "Ben Okafor" : "Ann Lee", text->str);
  if (strstr (entry->text, "\n> quoted ") != NULL)
    fold (entry, "> quoted ", LIA_FOLD_QUOTE);
  if (kind == LIA_ENTRY_EMAIL && g_rand_int_range (random, 0, 12) == 0)
    attach (entry, "report.pdf", "application/pdf", 120000, FALSE);
  if (out)
    entry->send_state = LIA_SEND_SENT;

  return entry;
}

/** timeline_samples_many: @n entries, the same ones for the same @seed. */
GListStore *
timeline_samples_many (guint n,
                       guint seed)
{
  GListStore *store = g_list_store_new (LIA_TYPE_ENTRY);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  GRand *random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (entries, timeline_samples_entry (random, i + 1));
  g_list_store_splice (store, 0, 0, entries->pdata, n);
  g_rand_free (random);

  return store;
}

GListStore *
timeline_samples_agents (void)
{
  GListStore *store = g_list_store_new (LIA_TYPE_AGENT);
  g_autoptr (LiaAgent) agent = lia_agent_new ();

  agent->id = g_strdup ("a_1");
  agent->name = g_strdup ("Ben Okafor");
  g_list_store_append (store, agent);

  return store;
}

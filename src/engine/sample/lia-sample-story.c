/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-story.h"

#include "lia-draft.h"
#include "lia-entry.h"
#include "lia-fold.h"
#include "lia-id.h"
#include "lia-json.h"
#include "lia-reply.h"
#include "lia-wire.h"

#include <string.h>

/*
 * Tells one conversation as journal events: its begin, who took it, each turn with its time, how it stands now. Answers quote what they answer,
 * as mail programs do, and folds are found as they are for real mail.
 */

#define MINUTE_MS (G_GINT64_CONSTANT (60) * 1000)
#define HOUR_MS (60 * MINUTE_MS)
#define QUOTE_MAX_BYTES 2500
#define SIGNATURE "Larkspur Cycles\nUnit 7, Canal Wharf, Leeds · larkspur.example"

typedef struct
{
  LiaSampleStory *story;
  LiaSampleFiles *files;
  GRand          *rand;
  GPtrArray      *events;
  GHashTable     *words;
  char           *subject;
  LiaEntry       *last_mail;
  GPtrArray      *texts; /* of mails, newest last */
  gint64          begin_ms;
  gboolean        taken;
  guint           n_mails;
} Telling;

void
lia_sample_event_free (LiaSampleEvent *event)
{
  json_object_unref (event->data);
  g_free (event);
}

static gboolean
is_from_customer (const LiaSampleTurn *turn)
{
  return turn->kind == LIA_SAMPLE_CUSTOMER || turn->kind == LIA_SAMPLE_CHAT_CUSTOMER || turn->kind == LIA_SAMPLE_VOICEMAIL ||
         (turn->kind == LIA_SAMPLE_CALL_IN && g_strcmp0 (turn->outcome, "answered") != 0);
}

static gboolean
is_answer (const LiaSampleTurn *turn)
{
  return turn->kind == LIA_SAMPLE_AGENT || turn->kind == LIA_SAMPLE_CHAT_AGENT || turn->kind == LIA_SAMPLE_CALL_OUT ||
         (turn->kind == LIA_SAMPLE_CALL_IN && g_strcmp0 (turn->outcome, "answered") == 0);
}

/**
 * lia_sample_story_cut:
 *
 * Tells the script only as far as a conversation in @state has come: an open one ends with the customer, a pending or snoozed one with us.
 *
 * Returns: whether there is such a place
 */
gboolean
lia_sample_story_cut (LiaSampleStory      *self,
                      LiaConversationState state,
                      GRand               *rand)
{
  GPtrArray *turns = self->script->turns;
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
  guint end = turns->len;

  for (guint i = 0; i < turns->len; i++)
    {
      const LiaSampleTurn *turn = turns->pdata[i];
      guint                length = i + 1;

      if (state == LIA_CONVERSATION_OPEN ? is_from_customer (turn) && (self->assigned || i == 0) : is_answer (turn))
        g_array_append_val (ends, length);
    }

  self->state = state;
  self->turns = g_ptr_array_new ();

  if (state != LIA_CONVERSATION_CLOSED)
    {
      if (ends->len == 0)
        return FALSE;
      end = g_array_index (ends, guint, g_rand_int_range (rand, 0, (gint32)ends->len));
    }

  for (guint i = 0; i < end; i++)
    g_ptr_array_add (self->turns, turns->pdata[i]);

  return TRUE;
}

static LiaSampleEvent *
add_event (Telling    *self,
           const char *kind,
           gint64      at_ms,
           gint64      actor,
           JsonObject *data)
{
  LiaSampleEvent *event = g_new0 (LiaSampleEvent, 1);

  event->kind = kind;
  event->at_ms = at_ms;
  event->order = self->events->len;
  event->conversation = self->story->conversation;
  event->customer = self->story->customer_index;
  event->actor = actor;
  event->data = data;
  g_ptr_array_add (self->events, event);

  return event;
}

static void
set_word (Telling    *self,
          const char *word,
          char       *value)
{
  g_hash_table_replace (self->words, (gpointer)word, value);
}

/* Chinese, Japanese and Korean names are not cut, nor is a title. */
static char *
first_name (const char *name)
{
  gunichar first = g_utf8_get_char (name);

  if (first >= 0x2e80 || g_str_has_prefix (name, "Dr. "))
    return g_strdup (name);

  return g_strndup (name, strcspn (name, " "));
}

static char *
pick_day (const char *lang,
          GRand      *rand)
{
  static const struct
  {
    const char *lang;
    const char *days[5];
  } weeks[] = {
    { "en", { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday" } },
    { "de", { "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag" } },
    { "fr", { "lundi", "mardi", "mercredi", "jeudi", "vendredi" } },
    { "es", { "lunes", "martes", "miércoles", "jueves", "viernes" } },
    { "ja", { "月曜日", "火曜日", "水曜日", "木曜日", "金曜日" } },
    { "ar", { "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الأحد" } },
  };
  gsize at = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (weeks); i++)
    {
      if (g_str_equal (weeks[i].lang, lang))
        at = i;
    }

  return g_strdup (weeks[at].days[g_rand_int_range (rand, 0, 5)]);
}

static void
fill_words (Telling *self)
{
  static const char *const models[] = { "Alder 3", "Heron City", "Marlin Gravel", "Linnet Road", "Badger Cargo", "Finch 20", "Curlew Touring", "Alder 5" };
  static const char *const ebikes[] = { "Swift E-Tour", "Heron City E", "Badger Cargo E" };
  LiaSampleCustomer       *customer = self->story->customer;
  GRand                   *rand = self->rand;

  set_word (self, "name", g_strdup (customer->name));
  set_word (self, "first", first_name (customer->name));
  set_word (self, "city", g_strdup (customer->city));
  set_word (self, "org_or_name", *customer->org != '\0' ? g_strdup_printf ("%s\n%s", customer->name, customer->org) : g_strdup (customer->name));
  set_word (self, "agent", first_name (self->story->agent->name));
  set_word (self, "model", g_strdup (models[g_rand_int_range (rand, 0, G_N_ELEMENTS (models))]));
  set_word (self, "ebike", g_strdup (ebikes[g_rand_int_range (rand, 0, G_N_ELEMENTS (ebikes))]));
  set_word (self, "order", g_strdup_printf ("LC-%d", g_rand_int_range (rand, 20418, 29966)));
  set_word (self, "serial", g_strdup_printf ("%c%05d", 'A' + g_rand_int_range (rand, 0, 8), g_rand_int_range (rand, 10021, 99871)));
  set_word (self, "day", pick_day (self->story->script->lang, rand));
  set_word (self, "n", g_strdup_printf ("%d", g_rand_int_range (rand, 1, 14)));
  set_word (self, "m", g_strdup_printf ("%d", g_rand_int_range (rand, 14, 28)));
  set_word (self, "k", g_strdup_printf ("%d", g_rand_int_range (rand, 28, 41)));
  set_word (self, "week", g_strdup_printf ("%d", 1 + (int)(self->n_mails / 5)));
}

static LiaEntry *
new_entry (Telling     *self,
           LiaEntryKind kind,
           LiaDirection direction,
           gint64       at_ms)
{
  LiaEntry *entry = lia_entry_new ();

  entry->kind = kind;
  entry->direction = direction;
  entry->at_ms = at_ms;
  entry->subject = g_strdup ("");
  entry->to = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  entry->cc = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  entry->bcc = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  entry->folds = g_array_new (FALSE, FALSE, sizeof (LiaFold));
  entry->attachments = g_ptr_array_new_with_free_func (g_object_unref);
  entry->flags = g_new0 (char *, 1);
  entry->details = g_strdup ("{}");
  entry->text = g_strdup ("");

  return entry;
}

static void
by_agent (Telling  *self,
          LiaEntry *entry)
{
  entry->author_kind = LIA_AUTHOR_AGENT;
  entry->author_id = lia_id_format ("a", self->story->agent->id);
  entry->author = lia_address_new (self->story->agent->name, self->story->agent->address);
}

static void
by_customer (Telling    *self,
             LiaEntry   *entry,
             const char *address)
{
  entry->author_kind = LIA_AUTHOR_CUSTOMER;
  entry->author = lia_address_new (self->story->customer->name, address);
}

/* Takes @entry. */
static void
add_entry (Telling    *self,
           LiaEntry   *entry,
           JsonObject *inside)
{
  JsonObject *data = lia_wire_encode_entry (entry);

  json_object_remove_member (data, "id");
  json_object_remove_member (data, "seq");
  json_object_remove_member (data, "conv");

  if (inside != NULL)
    json_object_set_object_member (data, "x", inside);

  add_event (self, "entry.added", entry->at_ms, entry->author_kind == LIA_AUTHOR_AGENT ? self->story->agent->id : 0, data);
  g_object_unref (entry);
}

static void
add_state (Telling    *self,
           gint64      at_ms,
           const char *what,
           const char *to,
           gint64      until_ms)
{
  LiaEntry *entry = new_entry (self, LIA_ENTRY_STATE, LIA_DIRECTION_NONE, at_ms);
  g_autoptr (JsonObject) details = json_object_new ();
  g_autofree char *assignee = lia_id_format ("a", self->story->agent->id);

  by_agent (self, entry);
  json_object_set_string_member (details, "what", what);
  lia_json_set_str (details, "to", to);
  lia_json_set_str (details, "assignee", g_str_equal (what, "assigned") ? assignee : NULL);
  lia_json_set_time (details, "until", until_ms);

  if (g_str_equal (what, "tagged"))
    {
      JsonArray *tags = json_array_new ();

      for (gsize i = 0; self->story->script->tags[i] != NULL; i++)
        json_array_add_string_element (tags, self->story->script->tags[i]);
      json_object_set_array_member (details, "tags", tags);
    }

  g_free (entry->details);
  entry->details = lia_json_to_text (details);
  add_entry (self, entry, NULL);
}

/* Somebody takes it before the first thing that we do. */
static void
take (Telling *self,
      gint64   at_ms)
{
  if (self->taken || !self->story->assigned)
    return;

  self->taken = TRUE;
  add_state (self, at_ms, "assigned", NULL, 0);
  add_state (self, at_ms, "tagged", NULL, 0);
}

static char *
quote_last (Telling    *self,
            const char *lang)
{
  static const struct
  {
    const char *lang;
    const char *format;
    const char *verb;
  } headings[] = {
    { "en", "On ", " wrote:" },
    { "de", "Am ", " schrieb:" },
    { "fr", "Le ", " a écrit :" },
    { "es", "El ", " escribió:" },
    { "ja", "", ":" },
    { "ar", "في ", " كتب:" },
  };
  g_autoptr (GDateTime) when = NULL;
  g_autofree char *date = NULL;
  g_autofree char *heading = NULL;
  gsize            at = 0;

  if (self->last_mail == NULL || strlen (self->last_mail->text) > QUOTE_MAX_BYTES)
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      if (g_str_equal (headings[i].lang, lang))
        at = i;
    }

  when = g_date_time_new_from_unix_utc (self->last_mail->at_ms / 1000);
  date = g_date_time_format (when, "%Y-%m-%d %H:%M");
  heading = g_strconcat (headings[at].format, date, ", ", lia_address_display_name (self->last_mail->from), headings[at].verb, NULL);

  return lia_reply_quote (self->last_mail, "reply", heading);
}

static void
find_folds (Telling  *self,
            LiaEntry *entry)
{
  g_autoptr (GPtrArray) earlier = g_ptr_array_new ();

  for (guint i = self->texts->len; i > 0 && earlier->len < 10; i--)
    g_ptr_array_add (earlier, self->texts->pdata[i - 1]);
  g_ptr_array_add (earlier, NULL);

  g_array_unref (entry->folds);
  entry->folds = lia_fold_find (entry->text, (const char *const *)earlier->pdata);
}

static JsonObject *
make_html (Telling  *self,
           LiaEntry *entry)
{
  g_autoptr (GString) html = g_string_new ("<html><body style=\"font-family: sans-serif; color: #223\">");
  g_auto (GStrv) lines = g_strsplit (entry->text, "\n", -1);
  g_autofree char *blob = NULL;
  JsonObject      *inside;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *escaped = g_markup_escape_text (lines[i], -1);

      g_string_append_printf (html, "<div>%s</div>", *escaped != '\0' ? escaped : "<br>");
    }

  g_string_append (html, "<p style=\"color: #888\"><b>Sent with my phone</b></p></body></html>");
  blob = lia_sample_files_put_html (self->files, html->str, NULL);

  if (blob == NULL)
    return NULL;

  entry->has_html = TRUE;
  inside = json_object_new ();
  json_object_set_string_member (inside, "html", blob);

  return inside;
}

static void
tell_mail (Telling       *self,
           LiaSampleTurn *turn,
           const char    *words,
           gint64         at_ms)
{
  gboolean         ours = turn->kind == LIA_SAMPLE_AGENT;
  LiaEntry        *entry = new_entry (self, LIA_ENTRY_EMAIL, ours ? LIA_DIRECTION_OUT : LIA_DIRECTION_IN, at_ms);
  gboolean         quotes = ours || g_rand_int_range (self->rand, 0, 100) < 55;
  g_autofree char *quote = quotes ? quote_last (self, self->story->script->lang) : NULL;
  LiaAddress      *house = lia_address_new ("Larkspur Cycles", LIA_SAMPLE_ADDRESS);
  LiaAddress      *customer = lia_address_new (self->story->customer->name, self->story->customer->email);
  JsonObject      *inside = NULL;

  g_free (entry->text);
  g_free (entry->subject);
  entry->text = lia_reply_assemble (words, ours ? SIGNATURE : NULL, quote);
  entry->subject = self->n_mails > 0 || ours ? lia_reply_subject (self->subject, "reply") : g_strdup (self->subject);
  entry->message_id = g_strdup_printf ("<%u.%u@%s>", self->story->conversation, self->n_mails, ours ? "larkspur.example" : "mail.example");
  entry->from = ours ? house : customer;
  g_ptr_array_add (entry->to, ours ? customer : house);

  if (ours)
    {
      by_agent (self, entry);
      entry->send_state = LIA_SEND_SENT;
    }
  else
    {
      by_customer (self, entry, self->story->customer->email);
    }

  if (turn->attach != NULL)
    g_ptr_array_add (entry->attachments, lia_sample_files_pick (self->files, turn->attach, self->rand));
  if (!ours && quote == NULL && self->story->conversation % 16 == 3)
    inside = make_html (self, entry);

  find_folds (self, entry);
  g_ptr_array_add (self->texts, g_strdup (entry->text));
  g_set_object (&self->last_mail, entry);
  self->n_mails++;
  add_entry (self, entry, inside);
}

static void
add_segment (LiaCall       *call,
             const char    *agent,
             LiaSegmentKind kind,
             gint64         from_ms,
             gint64         to_ms)
{
  LiaCallSegment *segment = lia_call_segment_new ();

  g_set_str (&segment->agent, agent);
  segment->kind = kind;
  segment->from_ms = from_ms;
  segment->to_ms = to_ms;
  g_ptr_array_add (call->segments, segment);
}

/* In the line, until somebody answers, or not. */
static void
add_wait (LiaCall    *call,
          const char *queue,
          const char *agent,
          gboolean    answered)
{
  LiaCallWait  *wait = lia_call_wait_new ();
  LiaCallOffer *offer = lia_call_offer_new ();

  g_set_str (&wait->queue, queue);
  wait->from_ms = call->created_ms;
  wait->to_ms = call->created_ms + call->wait_ms;
  wait->position = 1;
  wait->result = answered ? LIA_WAIT_ANSWERED : call->outcome == LIA_CALL_OUTCOME_VOICEMAIL ? LIA_WAIT_TIMED_OUT
                                                                                            : LIA_WAIT_ABANDONED;
  g_ptr_array_add (call->waits, wait);

  g_set_str (&offer->agent, agent);
  offer->from_ms = wait->from_ms + call->wait_ms / 2;
  offer->to_ms = wait->to_ms;
  offer->result = answered ? LIA_OFFER_ANSWERED : call->outcome == LIA_CALL_OUTCOME_VOICEMAIL ? LIA_OFFER_NO_ANSWER
                                                                                              : LIA_OFFER_CANCELLED;
  g_ptr_array_add (call->offers, offer);
}

/* A call of no telephone system: its number is the place in this workspace. */
static LiaCall *
make_call (Telling       *self,
           LiaSampleTurn *turn,
           gint64         at_ms)
{
  LiaCall         *call = lia_call_new ();
  gboolean         incoming = turn->kind != LIA_SAMPLE_CALL_OUT;
  g_autofree char *queue = lia_id_format ("q", self->story->queue);
  g_autofree char *agent = lia_id_format ("a", self->story->agent->id);
  gint64           hold_ms = turn->number > 200 ? g_rand_int_range (self->rand, 15, 50) * G_GINT64_CONSTANT (1000) : 0;

  g_free (call->uniqueid);
  call->uniqueid = g_strdup_printf ("sample-%u.%u", self->story->conversation, self->events->len);
  g_set_str (&call->number, self->story->customer->phone);
  g_set_str (&call->name, self->story->customer->name);
  call->direction = incoming ? LIA_CALL_IN : LIA_CALL_OUT;
  call->state = LIA_CALL_ENDED;
  if (!lia_call_outcome_from_string (turn->outcome != NULL ? turn->outcome : "voicemail", &call->outcome))
    g_assert_not_reached (); /* our own files */
  call->created_ms = at_ms;
  call->wait_ms = incoming ? g_rand_int_range (self->rand, 4, 190) * G_GINT64_CONSTANT (1000) : 0;
  call->ended_ms = at_ms + call->wait_ms + turn->number * G_GINT64_CONSTANT (1000);
  if (incoming)
    {
      g_set_str (&call->queue, queue);
      add_wait (call, queue, agent, call->outcome == LIA_CALL_OUTCOME_ANSWERED);
    }
  if (call->outcome != LIA_CALL_OUTCOME_ANSWERED)
    return call;

  call->answered_ms = at_ms + call->wait_ms;
  call->hold_ms = hold_ms;
  add_segment (call, agent, LIA_SEGMENT_TALK, call->answered_ms, call->ended_ms);
  if (hold_ms > 0)
    add_segment (call, agent, LIA_SEGMENT_HOLD, call->answered_ms + 60000, call->answered_ms + 60000 + hold_ms);

  return call;
}

static void
tell_call (Telling       *self,
           LiaSampleTurn *turn,
           const char    *words,
           gint64         at_ms)
{
  gboolean  voicemail = turn->kind == LIA_SAMPLE_VOICEMAIL;
  gboolean  incoming = turn->kind != LIA_SAMPLE_CALL_OUT;
  LiaEntry *entry = new_entry (self, voicemail ? LIA_ENTRY_VOICEMAIL : LIA_ENTRY_CALL, incoming ? LIA_DIRECTION_IN : LIA_DIRECTION_OUT, at_ms);
  g_autoptr (LiaCall) call = make_call (self, turn, at_ms);
  g_autoptr (JsonObject) details = lia_wire_encode_call (call);

  g_set_str (&entry->text, words);
  g_free (entry->details);
  entry->details = lia_json_to_text (details);

  if (incoming)
    by_customer (self, entry, self->story->customer->phone);
  else
    by_agent (self, entry);
  /* A message, and now and then a conversation that was recorded */
  if (voicemail || turn->number > 200)
    g_ptr_array_add (entry->attachments, lia_sample_files_pick (self->files, "voice", self->rand));

  add_entry (self, entry, NULL);
}

/* A chat message, a note or a promise: words and their author. */
static void
tell_words (Telling       *self,
            LiaSampleTurn *turn,
            const char    *words,
            gint64         at_ms)
{
  gboolean  chat = turn->kind == LIA_SAMPLE_CHAT_CUSTOMER || turn->kind == LIA_SAMPLE_CHAT_AGENT;
  LiaEntry *entry = new_entry (self, chat ? LIA_ENTRY_CHAT : turn->kind == LIA_SAMPLE_PROMISE ? LIA_ENTRY_PROMISE
                                                                                              : LIA_ENTRY_NOTE,
                               turn->kind == LIA_SAMPLE_CHAT_CUSTOMER ? LIA_DIRECTION_IN : chat ? LIA_DIRECTION_OUT
                                                                                                : LIA_DIRECTION_NONE,
                               at_ms);

  g_set_str (&entry->text, words);

  if (turn->kind == LIA_SAMPLE_CHAT_CUSTOMER)
    by_customer (self, entry, self->story->customer->email);
  else
    by_agent (self, entry);

  if (turn->kind == LIA_SAMPLE_PROMISE)
    {
      g_autoptr (JsonObject) details = json_object_new ();

      lia_json_set_time (details, "until", at_ms + turn->number * 24 * HOUR_MS);
      g_free (entry->details);
      entry->details = lia_json_to_text (details);
    }

  add_entry (self, entry, NULL);
}

static void
tell_turn (Telling       *self,
           LiaSampleTurn *turn,
           gint64         at_ms)
{
  g_autofree char *words = lia_sample_expand (turn->text, self->words, self->rand);

  if (!is_from_customer (turn))
    take (self, MAX (at_ms - MINUTE_MS, self->begin_ms));

  switch (turn->kind)
    {
    case LIA_SAMPLE_CUSTOMER:
    case LIA_SAMPLE_AGENT:
      tell_mail (self, turn, words, at_ms);
      break;

    case LIA_SAMPLE_CALL_IN:
    case LIA_SAMPLE_CALL_OUT:
    case LIA_SAMPLE_VOICEMAIL:
      tell_call (self, turn, words, at_ms);
      break;

    case LIA_SAMPLE_NOTE:
    case LIA_SAMPLE_CHAT_CUSTOMER:
    case LIA_SAMPLE_CHAT_AGENT:
    case LIA_SAMPLE_PROMISE:
    default:
      tell_words (self, turn, words, at_ms);
    }
}

/* The usual time between two turns. */
static gint64
pick_delay (const LiaSampleTurn *turn,
            GRand               *rand)
{
  if (turn->delay_ms > 0)
    return turn->delay_ms + g_rand_int_range (rand, 0, 600) * 1000;

  switch (turn->kind)
    {
    case LIA_SAMPLE_CHAT_CUSTOMER:
    case LIA_SAMPLE_CHAT_AGENT:
      return g_rand_int_range (rand, 15, 110) * G_GINT64_CONSTANT (1000);

    case LIA_SAMPLE_NOTE:
    case LIA_SAMPLE_PROMISE:
      return g_rand_int_range (rand, 2, 9) * MINUTE_MS;

    case LIA_SAMPLE_CUSTOMER:
      return g_rand_int_range (rand, 35, 22 * 60) * MINUTE_MS;

    case LIA_SAMPLE_AGENT:
    case LIA_SAMPLE_CALL_IN:
    case LIA_SAMPLE_CALL_OUT:
    case LIA_SAMPLE_VOICEMAIL:
    default:
      return g_rand_int_range (rand, 12, 5 * 60) * MINUTE_MS;
    }
}

static void
tell_turns (Telling *self)
{
  GPtrArray         *turns = self->story->turns;
  g_autofree gint64 *times = g_new0 (gint64, turns->len + 1);

  times[turns->len - 1] = self->story->end_ms;
  for (guint i = turns->len - 1; i > 0; i--)
    times[i - 1] = times[i] - pick_delay (turns->pdata[i], self->rand);

  self->begin_ms = times[0];
  add_event (self, "conversation.created", times[0], 0, json_object_new ());
  ((LiaSampleEvent *)self->events->pdata[self->events->len - 1])->special = LIA_SAMPLE_EVENT_CREATED;

  for (guint i = 0; i < turns->len; i++)
    {
      if (i > 0 && turns->len > 30) /* the long one: other bikes each week */
        fill_words (self);
      tell_turn (self, turns->pdata[i], times[i]);
    }
}

static void
add_draft (Telling *self)
{
  static const char words[] = "Thank you for the photo. I have asked the workshop, and ";
  g_autoptr (LiaDraft) draft = lia_draft_new ();
  LiaSampleEvent *event;

  draft->mode = g_strdup ("email");
  draft->reply = g_strdup ("reply");
  draft->body = g_strdup (words);
  draft->subject = lia_reply_subject (self->subject, "reply");
  draft->to = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  g_ptr_array_add (draft->to, lia_address_new (self->story->customer->name, self->story->customer->email));

  event = add_event (self, "draft.saved", self->story->end_ms + 4 * MINUTE_MS, 1, json_object_new ());
  event->special = LIA_SAMPLE_EVENT_DRAFT;
  json_object_set_object_member (event->data, "draft", lia_wire_encode_draft (draft));
}

static void
tell_end (Telling *self)
{
  LiaSampleStory *story = self->story;

  take (self, story->end_ms + MINUTE_MS);

  if (story->state == LIA_CONVERSATION_SNOOZED)
    add_state (self, story->end_ms + 2 * MINUTE_MS, "snoozed", "snoozed", story->until_ms);
  else if (story->state == LIA_CONVERSATION_CLOSED)
    add_state (self, story->until_ms, "closed", "closed", 0);

  if (story->read)
    {
      LiaSampleEvent *event = add_event (self, "conversation.read", story->end_ms + 3 * MINUTE_MS, 1, json_object_new ());

      event->special = LIA_SAMPLE_EVENT_READ;
    }

  if (story->draft)
    add_draft (self);
}

/**
 * lia_sample_story_tell:
 * @events: (element-type LiaSampleEvent): what happened is added here
 */
void
lia_sample_story_tell (LiaSampleStory *self,
                       LiaSampleFiles *files,
                       GRand          *rand,
                       GPtrArray      *events)
{
  Telling telling = { .story = self, .files = files, .rand = rand, .events = events };
  guint   created = events->len;
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *queue = lia_id_format ("q", self->queue);
  JsonObject      *data;

  telling.words = words;
  telling.texts = texts;
  fill_words (&telling);
  telling.subject = lia_sample_expand (self->script->subject, words, rand);
  tell_turns (&telling);
  tell_end (&telling);

  data = ((LiaSampleEvent *)events->pdata[created])->data;
  json_object_set_string_member (data, "subject", telling.subject);
  json_object_set_string_member (data, "channel", self->script->channel);
  json_object_set_int_member (data, "queue", self->queue);

  g_clear_object (&telling.last_mail);
  g_free (telling.subject);
}

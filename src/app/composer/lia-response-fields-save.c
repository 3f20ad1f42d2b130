/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-fields-private.h"

#include "lia-draft.h"
#include "lia-template-placeholder.h"

/*
 * The fields of a draft as a text: the responses' own words, the answers, and the values that were known, from which the same letter is made
 * again, by an app that knows nothing else of it.
 */

#define VALUE "(ybsdxas)"
#define VALUES "a{s" VALUE "}"
#define SLOT "(uussu)"
#define ACTIONS "a(ssb)" /* the last: struck out */
#define SECTION "(syu" ACTIONS "sssx" VALUES "uuba" SLOT ")"
#define SAVED "(" VALUES "a" SECTION ")"

/* What stands for hours: their zone, the days, and the closed ones */
#define N_HOURS_PARTS (LIA_HOURS_N_DAYS + 2)

static GStrv
save_hours (LiaHours *hours)
{
  GStrv parts = g_new0 (char *, N_HOURS_PARTS + 1);

  parts[0] = g_strdup (hours->zone);
  for (guint i = 0; i < LIA_HOURS_N_DAYS; i++)
    parts[i + 1] = lia_hours_show_day (hours, i);
  parts[N_HOURS_PARTS - 1] = lia_hours_show_closed (hours);

  return parts;
}

static LiaTemplateValue *
restore_hours (const char **parts,
               gint64       now_ms)
{
  g_autoptr (LiaHours) hours = lia_hours_new ();

  if (g_strv_length ((GStrv)parts) != N_HOURS_PARTS)
    return NULL;
  g_set_str (&hours->zone, parts[0]);
  for (guint i = 0; i < LIA_HOURS_N_DAYS; i++)
    lia_hours_read_day (hours, i, parts[i + 1]);
  lia_hours_read_closed (hours, parts[N_HOURS_PARTS - 1]);

  return lia_template_value_new_hours (hours, now_ms);
}

static GVariant *
save_value (LiaTemplateValue *value)
{
  const char *const none[] = { NULL };
  g_auto (GStrv) hours = value->hours != NULL ? save_hours (value->hours) : NULL;
  const char *const *list = hours != NULL ? (const char *const *)hours : (const char *const *)value->list;

  return g_variant_new ("(ybsdx@as)", (guchar)value->type, value->text != NULL, value->text != NULL ? value->text : "", value->number, value->time_ms,
                        g_variant_new_strv (list != NULL ? list : none, -1));
}

static LiaTemplateValue *
restore_date (gint64 time_ms)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (time_ms / 1000);

  return day != NULL ? lia_template_value_new_date (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day)) : NULL;
}

static LiaTemplateValue *
restore_value (GVariant *saved)
{
  guchar                  type;
  gboolean                has_text;
  const char             *text;
  double                  number;
  gint64                  time_ms;
  g_autofree const char **list = NULL;

  g_variant_get (saved, "(yb&sdx^a&s)", &type, &has_text, &text, &number, &time_ms, &list);
  switch (type)
    {
    case LIA_TEMPLATE_NUMBER:
      return has_text ? lia_template_value_new_digits (text) : lia_template_value_new_number (number);
    case LIA_TEMPLATE_DATE:
      return restore_date (time_ms);
    case LIA_TEMPLATE_TIME:
      return lia_template_value_new_time (time_ms);
    case LIA_TEMPLATE_LIST:
      return lia_template_value_new_list (list);
    case LIA_TEMPLATE_OPENING_HOURS:
      return restore_hours (list, time_ms);
    case LIA_TEMPLATE_TRUTH:
      return lia_template_value_new_truth (number != 0);
    default:
      return lia_template_value_new_lines (text);
    }
}

static GVariant *
save_answers (GHashTable *answers)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (VALUES));
  GHashTableIter  iter;
  gpointer        key, value;

  g_hash_table_iter_init (&iter, answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_variant_builder_add (&builder, "{s@" VALUE "}", key, save_value (value));

  return g_variant_builder_end (&builder);
}

static GVariant *
save_known (LiaTemplateContext *context)
{
  GVariantBuilder               builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (VALUES));
  guint                         n;
  const LiaTemplatePlaceholder *placeholders = lia_template_placeholders (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LiaTemplateValue) value = lia_template_values_lookup (context->values, placeholders[i].name);

      if (value != NULL)
        g_variant_builder_add (&builder, "{s@" VALUE "}", placeholders[i].name, save_value (value));
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
save_slots (LiaResponseSection *section)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a" SLOT));

  for (guint i = 0; i < section->slots->len; i++)
    {
      const LiaResponseSlot *slot = section->slots->pdata[i];

      g_variant_builder_add (&builder, SLOT, slot->start, slot->end, slot->field->key, slot->text != NULL ? slot->text : "", (guint)slot->kind);
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
save_actions (LiaResponseFields *self,
              GPtrArray         *actions)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (ACTIONS));

  for (guint i = 0; i < actions->len; i++)
    {
      const LiaCannedAction *action = actions->pdata[i];

      g_variant_builder_add (&builder, "(ssb)", action->kind, action->value, lia_response_fields_is_struck (self, action));
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
save_section (LiaResponseFields  *self,
              LiaResponseSection *section)
{
  LiaTemplateContext *context = section->result->context;
  g_autofree char    *source = lia_template_to_text (section->result->template);

  return g_variant_new ("(syu@" ACTIONS "sssx@" VALUES "uub@a" SLOT ")", section->insertion->response, (guchar)section->insertion->formality, (guint)section->part,
                        save_actions (self, section->insertion->actions), source, context->language != NULL ? context->language : "",
                        g_time_zone_get_identifier (context->zone), context->now_ms, save_known (context), section->start, section->end,
                        section->frozen, save_slots (section));
}

/** lia_response_fields_save: (transfer full) (nullable): for a draft; NULL when there is no response in the text. */
char *
lia_response_fields_save (LiaResponseFields *self)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a" SECTION));
  g_autoptr (GVariant) saved = NULL;

  if (self->sections->len == 0)
    return NULL;

  for (guint i = 0; i < self->sections->len; i++)
    g_variant_builder_add_value (&builder, save_section (self, self->sections->pdata[i]));
  saved = g_variant_ref_sink (g_variant_new ("(@" VALUES "@a" SECTION ")", save_answers (self->answers), g_variant_builder_end (&builder)));

  return g_variant_print (saved, FALSE);
}

static GHashTable *
restore_answers (GVariant *saved)
{
  GHashTable  *answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)lia_template_value_unref);
  GVariantIter iter;
  const char  *key;
  GVariant    *value;

  g_variant_iter_init (&iter, saved);
  while (g_variant_iter_loop (&iter, "{&s@" VALUE "}", &key, &value))
    {
      LiaTemplateValue *restored = restore_value (value);

      if (restored != NULL)
        g_hash_table_insert (answers, g_strdup (key), restored);
    }

  return answers;
}

static LiaTemplateContext *
restore_context (GVariant   *known,
                 const char *language,
                 const char *zone_name,
                 gint64      now_ms)
{
  g_autoptr (LiaTemplateMap) map = lia_template_map_new ();
  g_autoptr (GHashTable) values = restore_answers (known);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  GHashTableIter iter;
  gpointer       key, value;

  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &key, &value))
    lia_template_map_take (map, key, lia_template_value_ref (value));

  return lia_template_context_new (LIA_TEMPLATE_VALUES (map), *language != '\0' ? language : NULL, zone, now_ms);
}

static LiaTemplateResult *
evaluate_with (LiaTemplate *template,
               LiaTemplateContext *context,
               GHashTable         *answers)
{
  LiaTemplateResult *result = lia_template_evaluate (template, context);
  GHashTableIter     iter;
  gpointer           key, value;

  g_hash_table_iter_init (&iter, answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      LiaTemplateResult *filled = lia_template_result_fill (result, key, value);

      g_object_unref (result);
      result = filled;
    }

  return result;
}

/* Its slots as they stood in the text: FALSE when one is no longer there */
static gboolean
restore_slots (LiaResponseFields  *self,
               LiaResponseSection *section,
               GVariant           *saved)
{
  g_autoptr (GPtrArray) all = g_steal_pointer (&section->slots);
  GVariantIter iter;
  guint        start, end, kind;
  const char  *key, *text;
  guint        next = 0;

  section->slots = lia_response_slots_new ();
  g_variant_iter_init (&iter, saved);
  while (g_variant_iter_next (&iter, "(uu&s&su)", &start, &end, &key, &text, &kind))
    {
      LiaResponseSlot *slot;
      g_autofree char *there = NULL;

      while (next < all->len && !g_str_equal (((LiaResponseSlot *)all->pdata[next])->field->key, key))
        next++;
      if (next == all->len || start > end || start < section->start || end > section->end)
        return FALSE;
      slot = g_ptr_array_steal_index (all, next);
      g_ptr_array_add (section->slots, slot);
      there = lia_response_fields_dup_text (self, start, end);
      if (slot->text != NULL && !g_str_equal (there, text))
        return FALSE;
      slot->start = start;
      slot->end = end;
      slot->kind = kind;
      if (slot->text != NULL)
        g_set_str (&slot->text, text);
    }

  return TRUE;
}

static GPtrArray *
restore_actions (LiaResponseFields *self,
                 GVariant          *saved)
{
  GPtrArray   *actions = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_canned_action_unref);
  GVariantIter iter;
  const char  *kind, *value;
  gboolean     struck;

  g_variant_iter_init (&iter, saved);
  while (g_variant_iter_next (&iter, "(&s&sb)", &kind, &value, &struck))
    {
      LiaCannedAction *action = lia_canned_action_new (kind, value);

      g_ptr_array_add (actions, action);
      lia_response_fields_mark_struck (self, action, struck);
    }

  return actions;
}

static LiaResponseInsertion *
find_insertion (LiaResponseFields *self,
                const char        *response)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      LiaResponseInsertion *insertion = ((LiaResponseSection *)self->sections->pdata[i])->insertion;

      if (g_str_equal (insertion->response, response))
        return lia_response_insertion_ref (insertion);
    }

  return NULL;
}

static void
restore_section (LiaResponseFields *self,
                 GVariant          *saved)
{
  const char *response, *source, *language, *zone;
  guchar      formality;
  guint       part, start, end;
  gint64      now_ms;
  gboolean    frozen;
  g_autoptr (GVariant) actions = NULL;
  g_autoptr (GVariant) known = NULL;
  g_autoptr (GVariant) slots = NULL;
  g_autoptr (LiaTemplate) template = NULL;
  g_autoptr (LiaTemplateContext) context = NULL;
  g_autoptr (LiaTemplateResult) result = NULL;
  g_autoptr (LiaResponseInsertion) insertion = NULL;
  g_autoptr (LiaResponseSection) section = NULL;
  g_autoptr (GPtrArray) restored = NULL;
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_variant_get (saved, "(&syu@" ACTIONS "&s&s&sx@" VALUES "uub@a" SLOT ")", &response, &formality, &part, &actions, &source, &language, &zone, &now_ms, &known, &start, &end,
                 &frozen, &slots);
  template = lia_template_parse (source, &errors);
  if (template == NULL || start > end || end > (guint)gtk_text_buffer_get_char_count (self->buffer))
    return;

  context = restore_context (known, language, zone, now_ms);
  result = evaluate_with (template, context, self->answers);
  restored = restore_actions (self, actions);
  insertion = find_insertion (self, response);
  if (insertion == NULL)
    insertion = lia_response_insertion_new (response, MIN (formality, LIA_CANNED_FORMALITY_FORMAL), "", "", none, restored);
  section = lia_response_section_new (insertion, part, result, start);
  section->end = end;
  section->frozen = frozen;
  if (restore_slots (self, section, slots))
    g_ptr_array_add (self->sections, g_steal_pointer (&section));
}

/**
 * lia_response_fields_restore:
 * @saved: (nullable): of the text that stands in the buffer
 *
 * The fields of a draft are to be filled in again. What does not fit the text is left out.
 */
void
lia_response_fields_restore (LiaResponseFields *self,
                             const char        *saved)
{
  g_autoptr (GVariant) variant = saved != NULL ? g_variant_parse (G_VARIANT_TYPE (SAVED), saved, NULL, NULL, NULL) : NULL;
  g_autoptr (GVariant) answers = NULL;
  g_autoptr (GVariant) sections = NULL;

  lia_response_fields_clear (self);
  if (variant == NULL)
    return;

  g_variant_get (variant, "(@" VALUES "@a" SECTION ")", &answers, &sections);
  g_hash_table_unref (self->answers);
  self->answers = restore_answers (answers);
  for (gsize i = 0; i < g_variant_n_children (sections); i++)
    {
      g_autoptr (GVariant) section = g_variant_get_child_value (sections, i);

      restore_section (self, section);
    }
  lia_response_fields_push_state (self);
  lia_response_fields_tell (self);
}

static LiaDraftResponse *
find_used (GPtrArray  *used,
           const char *response)
{
  for (guint i = 0; i < used->len; i++)
    {
      if (g_str_equal (((LiaDraftResponse *)used->pdata[i])->response, response))
        return used->pdata[i];
    }

  return NULL;
}

static void
add_used (LiaResponseFields  *self,
          GPtrArray          *used,
          LiaResponseSection *section)
{
  LiaDraftResponse *known = find_used (used, section->insertion->response);
  g_autofree char  *text = lia_response_fields_dup_text (self, section->start, section->end);
  g_autofree char  *before = known != NULL ? g_steal_pointer (&known->text) : NULL;
  g_autofree char  *earlier = known != NULL ? g_steal_pointer (&known->sent) : NULL;

  if (known == NULL)
    {
      known = lia_draft_response_new ();
      known->response = g_strdup (section->insertion->response);
      g_ptr_array_add (used, known);
    }
  if (section->insertion->formality != LIA_CANNED_FORMALITY_ANY)
    known->formality = section->insertion->formality;
  known->edited |= !g_str_equal (text, section->result->text);
  known->text = before != NULL ? g_strconcat (before, "\n\n", section->result->text, NULL) : g_strdup (section->result->text);
  known->sent = earlier != NULL ? g_strconcat (earlier, "\n\n", text, NULL) : g_strdup (text);
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  guint one = (*(LiaResponseSection *const *)a)->start;
  guint other = (*(LiaResponseSection *const *)b)->start;

  return one < other ? -1 : one > other;
}

/** lia_response_fields_dup_used: (transfer full) (element-type LiaDraftResponse): the responses in the text, each once. */
GPtrArray *
lia_response_fields_dup_used (LiaResponseFields *self)
{
  GPtrArray *used = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_draft_response_unref);
  g_autoptr (GPtrArray) sections = g_ptr_array_copy (self->sections, NULL, NULL);

  g_ptr_array_set_free_func (sections, NULL);
  g_ptr_array_sort (sections, compare_places);
  for (guint i = 0; i < sections->len; i++)
    add_used (self, used, sections->pdata[i]);

  return used;
}

/** lia_response_fields_dup_bodies: the ids of those that say something themselves, and do not only greet. */
GStrv
lia_response_fields_dup_bodies (LiaResponseFields *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < self->sections->len; i++)
    {
      const LiaResponseSection *section = self->sections->pdata[i];

      if (section->part == LIA_TEMPLATE_BODY)
        g_strv_builder_add (ids, section->insertion->response);
    }

  return g_strv_builder_end (ids);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The widget: its properties, and the model's changes.
 *
 * GtkListView cannot do this: it keeps 200 live rows, guesses where the end is, and goes blank when rows are appended quickly while it is at the end. Here
 * only the rows in view exist, and lia-timeline-geometry.c decides where they are.
 *
 * Everything that the model reports in a frame is merged: rows are marked, and bound once in the next allocation.
 */

#include "lia-timeline-private.h"

#include "lia-timeline-resources.h"

#include "lia-config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define FIRST_WIDTH 860 /* until it is allocated */
#define UNREAD_MARGIN 72
#define STRIDE_ROWS 1000
#define PREVIEWS_MAX 48
#define ICONS_RESOURCE "/org/liaisondesk/Liaison/timeline/icons"
#define STYLE_RESOURCE "/org/liaisondesk/Liaison/timeline/timeline.css"

enum {
  PROP_0,
  PROP_MODEL,
  PROP_AGENTS,
  PROP_UNREAD_FROM,
  PROP_HAS_OLDER,
  PROP_AT_END,
  N_PROPS,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

static GParamSpec *properties[N_PROPS];
guint              lia_timeline_signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaTimeline, lia_timeline, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

guint
lia_timeline_get_n_rows (LiaTimeline *self)
{
  return lia_timeline_geometry_get_n_rows (self->geometry);
}

/** lia_timeline_dup_entry: the entry at @row. */
LiaEntry *
lia_timeline_dup_entry (LiaTimeline *self,
                        guint        row)
{
  return g_list_model_get_item (self->model, row);
}

/* A guess of a row's height without asking Pango. */
static int
estimate (LiaTimeline *self,
          LiaEntry    *entry)
{
  int   chars_per_line = MAX (20, (self->width - 120) / 7);
  gsize bytes;

  if (entry->kind == LIA_ENTRY_STATE || entry->kind == LIA_ENTRY_VISIT)
    return 36;

  bytes = entry->text != NULL ? strnlen (entry->text, 8 * 1024) : 0;
  for (guint i = 0; entry->folds != NULL && i < entry->folds->len; i++)
    {
      const LiaFold *fold = &g_array_index (entry->folds, LiaFold, i);

      bytes -= MIN (bytes, fold->end > fold->start ? fold->end - fold->start : 0);
    }

  return 85 + (int)(bytes / chars_per_line + 1) * 19;
}

/* --- The model --- */

static void
open_at (LiaTimeline *self)
{
  guint n = lia_timeline_get_n_rows (self);
  guint unread = n;

  while (unread > 0 && self->unread_from > 0)
    {
      g_autoptr (LiaEntry) entry = lia_timeline_dup_entry (self, unread - 1);

      if (entry->seq < self->unread_from)
        break;
      unread--;
    }

  /* Near the end both are the same: the geometry leaves no gap there. */
  if (unread < n)
    lia_timeline_geometry_set_anchor (self->geometry, unread, -UNREAD_MARGIN);
  else
    lia_timeline_geometry_pin (self->geometry);

  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
splice_geometry (LiaTimeline *self,
                 guint        position,
                 guint        removed,
                 guint        added)
{
  int             offset;
  guint           anchor = lia_timeline_geometry_get_anchor (self->geometry, &offset);
  gboolean        pinned = lia_timeline_geometry_is_pinned (self->geometry);
  gboolean        lost = self->anchor_id != NULL && anchor >= position && anchor < position + removed;
  guint           found = G_MAXUINT;
  guint           stride = lost ? 1 : 1 + added / STRIDE_ROWS;
  g_autofree int *estimates = g_new (int, MAX (added, 1));

  for (guint i = 0; i < added; i++)
    {
      g_autoptr (LiaEntry) entry = NULL;

      /* Of very many, some are enough for a guess. */
      if (i % stride != 0)
        {
          estimates[i] = estimates[i - 1];
          continue;
        }

      entry = lia_timeline_dup_entry (self, position + i);
      estimates[i] = estimate (self, entry);
      if (lost && g_strcmp0 (entry->id, self->anchor_id) == 0)
        found = position + i;
    }

  lia_timeline_geometry_splice (self->geometry, position, removed, added, estimates);

  /* The same entry came again with others, as after a reconnection. */
  if (found != G_MAXUINT)
    {
      lia_timeline_geometry_set_anchor (self->geometry, found, offset);
      if (pinned)
        lia_timeline_geometry_pin (self->geometry);
    }
}

static void
count_new (LiaTimeline *self,
           guint        position,
           guint        added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (LiaEntry) entry = lia_timeline_dup_entry (self, i);

      if (entry->direction != LIA_DIRECTION_OUT && entry->kind != LIA_ENTRY_STATE)
        self->n_new++;
    }

  if (self->n_new > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u New Message", "%u New Messages", self->n_new), self->n_new);

      gtk_label_set_text (GTK_LABEL (self->newest_label), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->newest), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
    }
  gtk_widget_set_visible (self->newest_label, self->n_new > 0);
  if (self->n_new > 0)
    gtk_widget_remove_css_class (self->newest, "quiet");
}

static void
on_items_changed (GListModel  *model,
                  guint        position,
                  guint        removed,
                  guint        added,
                  LiaTimeline *self)
{
  guint before = lia_timeline_get_n_rows (self);

  splice_geometry (self, position, removed, added);
  lia_timeline_splice_rows (self, position, removed, added);
  lia_timeline_splice_selection (self, position, removed, added);

  if (before == 0 && !self->touched)
    open_at (self);
  else if (position == before && removed == 0 && !lia_timeline_geometry_is_pinned (self->geometry))
    count_new (self, position, added);
  if (position == 0 && added > removed)
    self->older_asked = FALSE;

  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
quiet_newest_button (LiaTimeline *self)
{
  self->n_new = 0;
  gtk_widget_set_visible (self->newest_label, FALSE);
  gtk_widget_add_css_class (self->newest, "quiet");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->newest), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Go to the Newest Message"), -1);
}

static void
forget_model (LiaTimeline *self)
{
  guint n = lia_timeline_get_n_rows (self);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, on_items_changed, self);
  g_clear_object (&self->model);

  lia_timeline_geometry_splice (self->geometry, 0, n, 0, NULL);
  lia_timeline_splice_rows (self, 0, n, 0);
  lia_timeline_clear_selection (self);
  g_hash_table_remove_all (self->foldings);
  if (self->sound != NULL)
    lia_sound_stop (self->sound);
  g_clear_pointer (&self->anchor_id, g_free);
  g_clear_pointer (&self->focus_id, g_free);
  quiet_newest_button (self);
  self->touched = FALSE;
  self->older_asked = FALSE;
}

/** lia_timeline_set_model: shows another conversation; (nullable): none. */
void
lia_timeline_set_model (LiaTimeline *self,
                        GListModel  *model)
{
  g_return_if_fail (LIA_IS_TIMELINE (self));

  if (model == self->model)
    return;

  forget_model (self);

  if (model != NULL)
    {
      self->model = g_object_ref (model);
      g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), self);
      splice_geometry (self, 0, 0, g_list_model_get_n_items (model));
      open_at (self);
    }

  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

GListModel *
lia_timeline_get_model (LiaTimeline *self)
{
  return self->model;
}

/** lia_timeline_set_agents: (nullable): of LiaAgent: who is meant by an id. */
void
lia_timeline_set_agents (LiaTimeline *self,
                         GListModel  *agents)
{
  if (g_set_object (&self->agents, agents))
    {
      lia_timeline_spoil_rows (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AGENTS]);
    }
}

/** lia_timeline_set_queues: (nullable): of LiaQueue: which one is meant by an id. */
void
lia_timeline_set_queues (LiaTimeline *self,
                         GListModel  *queues)
{
  if (g_set_object (&self->queues, queues))
    lia_timeline_spoil_rows (self);
}

gint64
lia_timeline_get_unread_from (LiaTimeline *self)
{
  return self->unread_from;
}

/** lia_timeline_set_unread_from: where the line "New" stands; a timeline that nobody has moved yet goes there. */
void
lia_timeline_set_unread_from (LiaTimeline *self,
                              gint64       seq)
{
  if (seq == self->unread_from)
    return;

  self->unread_from = seq;
  lia_timeline_spoil_rows (self);
  if (!self->touched)
    open_at (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNREAD_FROM]);
}

gboolean
lia_timeline_get_has_older (LiaTimeline *self)
{
  return self->has_older;
}

void
lia_timeline_set_has_older (LiaTimeline *self,
                            gboolean     has_older)
{
  if (has_older == self->has_older)
    return;

  self->has_older = has_older;
  self->older_asked = FALSE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_OLDER]);
}

gboolean
lia_timeline_get_at_end (LiaTimeline *self)
{
  return self->at_end;
}

/** lia_timeline_set_blob_loader: where attachments' bytes come from, by blob id, for previews and for dragging out. */
void
lia_timeline_set_blob_loader (LiaTimeline  *self,
                              LiaBlobLoader loader,
                              gpointer      data)
{
  self->blob_loader = loader;
  self->blob_loader_data = data;
  lia_timeline_spoil_rows (self);
}

LiaBlobLoader
lia_timeline_get_blob_loader (LiaTimeline *self,
                              gpointer    *data)
{
  *data = self->blob_loader_data;

  return self->blob_loader;
}

/** lia_timeline_get_sound: (transfer none): what plays the recordings of all rows, one at a time. */
LiaSound *
lia_timeline_get_sound (LiaTimeline *self)
{
  if (self->sound == NULL)
    self->sound = lia_sound_new (self->blob_loader, self->blob_loader_data, NULL);

  return self->sound;
}

GdkPaintable *
lia_timeline_get_preview (LiaTimeline *self,
                          const char  *blob)
{
  return blob != NULL ? g_hash_table_lookup (self->previews, blob) : NULL;
}

void
lia_timeline_keep_preview (LiaTimeline  *self,
                           const char   *blob,
                           GdkPaintable *preview)
{
  if (g_hash_table_size (self->previews) >= PREVIEWS_MAX)
    g_hash_table_remove_all (self->previews);
  g_hash_table_insert (self->previews, g_strdup (blob), g_object_ref (preview));
}

/** lia_timeline_scroll_to_end: to the newest entry, and stay there as newer ones come. */
void
lia_timeline_scroll_to_end (LiaTimeline *self)
{
  lia_timeline_touch (self);
  lia_timeline_geometry_pin (self->geometry);
  quiet_newest_button (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/** lia_timeline_scroll_to_entry: FALSE when there is no such entry in the model. */
gboolean
lia_timeline_scroll_to_entry (LiaTimeline *self,
                              const char  *id)
{
  for (guint i = 0; i < lia_timeline_get_n_rows (self); i++)
    {
      g_autoptr (LiaEntry) entry = lia_timeline_dup_entry (self, i);

      if (g_strcmp0 (entry->id, id) != 0)
        continue;

      lia_timeline_touch (self);
      lia_timeline_geometry_set_anchor (self->geometry, i, -UNREAD_MARGIN);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      return TRUE;
    }

  return FALSE;
}

/* --- The object --- */

static gboolean on_midnight (gpointer data);

static void
wait_for_midnight (LiaTimeline *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int seconds = g_date_time_get_hour (now) * 3600 + g_date_time_get_minute (now) * 60 + g_date_time_get_second (now);

  self->midnight = g_timeout_add_seconds (24 * 3600 - seconds + 1, on_midnight, self);
}

static gboolean
on_midnight (gpointer data)
{
  LiaTimeline *self = data;

  lia_timeline_spoil_rows (self); /* "Today" is "Yesterday" now */
  wait_for_midnight (self);

  return G_SOURCE_REMOVE;
}

static void
lia_timeline_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lia_timeline_parent_class)->map (widget);
  wait_for_midnight (LIA_TIMELINE (widget));
}

static void
lia_timeline_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&LIA_TIMELINE (widget)->midnight, g_source_remove);
  GTK_WIDGET_CLASS (lia_timeline_parent_class)->unmap (widget);
}

static void
lia_timeline_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  LiaTimeline *self = LIA_TIMELINE (object);

  switch (id)
    {
    case PROP_MODEL:
      lia_timeline_set_model (self, g_value_get_object (value));
      break;
    case PROP_AGENTS:
      lia_timeline_set_agents (self, g_value_get_object (value));
      break;
    case PROP_UNREAD_FROM:
      lia_timeline_set_unread_from (self, g_value_get_int64 (value));
      break;
    case PROP_HAS_OLDER:
      lia_timeline_set_has_older (self, g_value_get_boolean (value));
      break;
    case PROP_HADJUSTMENT:
      lia_timeline_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      lia_timeline_set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lia_timeline_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  LiaTimeline *self = LIA_TIMELINE (object);

  switch (id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_AGENTS:
      g_value_set_object (value, self->agents);
      break;
    case PROP_UNREAD_FROM:
      g_value_set_int64 (value, self->unread_from);
      break;
    case PROP_HAS_OLDER:
      g_value_set_boolean (value, self->has_older);
      break;
    case PROP_AT_END:
      g_value_set_boolean (value, self->at_end);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lia_timeline_dispose (GObject *object)
{
  LiaTimeline *self = LIA_TIMELINE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_handle_id (&self->midnight, g_source_remove);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, on_items_changed, self);
  g_clear_object (&self->model);
  g_clear_object (&self->agents);
  g_clear_object (&self->queues);
  if (self->sound != NULL)
    lia_sound_stop (self->sound);
  g_clear_object (&self->sound);

  lia_timeline_drop_adjustments (self);
  lia_timeline_free_rows (self);
  g_clear_pointer (&self->newest, gtk_widget_unparent);
  g_clear_pointer (&self->spinner, gtk_widget_unparent);
  g_clear_pointer (&self->menu, gtk_widget_unparent);

  G_OBJECT_CLASS (lia_timeline_parent_class)->dispose (object);
}

static void
lia_timeline_finalize (GObject *object)
{
  LiaTimeline *self = LIA_TIMELINE (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->pool);
  g_hash_table_unref (self->foldings);
  g_hash_table_unref (self->previews);
  lia_timeline_geometry_free (self->geometry);
  g_free (self->anchor_id);
  g_free (self->focus_id);

  G_OBJECT_CLASS (lia_timeline_parent_class)->finalize (object);
}

static void
load_resources (void)
{
  GtkCssProvider *provider;
  GdkDisplay     *display = gdk_display_get_default ();

  if (display == NULL)
    return;

  g_resources_register (lia_timeline_get_resource ());
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, STYLE_RESOURCE);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_unref (provider);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), ICONS_RESOURCE);
}

static void
install_properties (GObjectClass *object_class)
{
  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_AGENTS] = g_param_spec_object ("agents", NULL, NULL, G_TYPE_LIST_MODEL, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_UNREAD_FROM] = g_param_spec_int64 ("unread-from", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_HAS_OLDER] = g_param_spec_boolean ("has-older", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
}

static void
install_signals (void)
{
  static const struct
  {
    int         id;
    const char *name;
  } of_entry[] = {
    { ACTIVATE_ENTRY, "activate-entry" },
    { VIEW_ORIGINAL, "view-original" },
    { RETRY, "retry" },
    { UNDO, "undo" },
    { SETTLE, "settle" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (of_entry); i++)
    lia_timeline_signals[of_entry[i].id] = g_signal_new (of_entry[i].name, LIA_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                                         LIA_TYPE_ENTRY);

  lia_timeline_signals[LOAD_OLDER] = g_signal_new ("load-older", LIA_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  lia_timeline_signals[REPLY_REQUESTED] = g_signal_new ("reply-requested", LIA_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                                        LIA_TYPE_ENTRY, G_TYPE_STRING);
  lia_timeline_signals[OPEN_ATTACHMENT] = g_signal_new ("open-attachment", LIA_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                                        LIA_TYPE_ENTRY, LIA_TYPE_ATTACHMENT);
  lia_timeline_signals[SAVE_ATTACHMENT] = g_signal_new ("save-attachment", LIA_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                                        LIA_TYPE_ENTRY, LIA_TYPE_ATTACHMENT);
  lia_timeline_signals[OPEN_LINK] = g_signal_new ("open-link", LIA_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL,
                                                  G_TYPE_BOOLEAN, 1, G_TYPE_STRING);
}

static void
lia_timeline_class_init (LiaTimelineClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = lia_timeline_set_property;
  object_class->get_property = lia_timeline_get_property;
  object_class->dispose = lia_timeline_dispose;
  object_class->finalize = lia_timeline_finalize;
  widget_class->map = lia_timeline_map;
  widget_class->unmap = lia_timeline_unmap;

  install_properties (object_class);
  install_signals ();
  lia_timeline_install_layout (widget_class);
  lia_timeline_install_keys (widget_class);
  lia_timeline_install_actions (widget_class);
  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  load_resources ();
}

static void
make_overlays (LiaTimeline *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->newest = gtk_button_new ();
  self->newest_label = gtk_label_new (NULL);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-down-symbolic"));
  gtk_box_append (GTK_BOX (box), self->newest_label);
  gtk_button_set_child (GTK_BUTTON (self->newest), box);
  gtk_widget_add_css_class (self->newest, "newest");
  gtk_widget_set_child_visible (self->newest, FALSE);
  gtk_widget_set_parent (self->newest, GTK_WIDGET (self));
  g_signal_connect_swapped (self->newest, "clicked", G_CALLBACK (lia_timeline_scroll_to_end), self);

  self->spinner = adw_spinner_new ();
  gtk_widget_add_css_class (self->spinner, "older");
  gtk_widget_set_child_visible (self->spinner, FALSE);
  gtk_widget_set_parent (self->spinner, GTK_WIDGET (self));

  quiet_newest_button (self);
}

static void
lia_timeline_init (LiaTimeline *self)
{
  self->geometry = lia_timeline_geometry_new ();
  self->rows = g_ptr_array_new ();
  self->pool = g_ptr_array_new ();
  self->foldings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->previews = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->width = FIRST_WIDTH;
  self->at_end = TRUE;

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Timeline"), -1);
  make_overlays (self);
  lia_timeline_init_selection (self);
}

LiaTimeline *
lia_timeline_new (void)
{
  return g_object_new (LIA_TYPE_TIMELINE, NULL);
}

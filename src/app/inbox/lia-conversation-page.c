/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A model is made for each conversation that is opened; header, timeline and composer follow it. What the user does is in
 * lia-conversation-actions.c.
 */
#include "lia-conversation-page-private.h"

#include "lia-callers.h"
#include "lia-client-phone.h"
#include "lia-format.h"
#include "lia-language-menu.h"
#include "lia-then.h"

#include <glib/gi18n.h>

#define READ_AFTER_MS 1000

enum {
  PROP_0,
  PROP_CONVERSATION,
  PROP_SHOW_CUSTOMER,
  N_PROPS
};

enum {
  SIGNAL_DONE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaConversationPage, lia_conversation_page, ADW_TYPE_BIN)

static char *
dup_agent_name (LiaConversationPage *self,
                const char          *id)
{
  GListModel *agents = lia_client_get_agents (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      if (g_strcmp0 (agent->id, id) == 0)
        return g_strdup (agent->name);
    }
  return NULL;
}

static void
update_tags (LiaConversationPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tags))) != NULL)
    adw_wrap_box_remove (self->tags, child);
  for (guint i = 0; self->conversation->tags[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (self->conversation->tags[i]);

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
      gtk_widget_set_tooltip_text (label, self->conversation->tags[i]);
      gtk_widget_add_css_class (label, "tag");
      adw_wrap_box_append (self->tags, label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->tags), self->conversation->tags[0] != NULL);
}

static void
update_language (LiaConversationPage *self)
{
  const char      *language = self->conversation->language != NULL ? self->conversation->language : "";
  g_autofree char *name = *language != '\0' ? lia_language_menu_name (language) : g_strdup (_ ("Language…"));
  g_autofree char *tooltip = g_strdup_printf (self->conversation->language_set ? _ ("%s: a Colleague or You Have Chosen It") : _ ("%s: As the Customer Writes"), name);

  gtk_menu_button_set_label (self->language_button, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->language_button), *language != '\0' ? tooltip : _ ("In Which Language to Answer"));
}

static void
update_assignee (LiaConversationPage *self)
{
  g_autofree char *name = self->conversation->assignee != NULL ? dup_agent_name (self, self->conversation->assignee) : NULL;
  g_autofree char *tooltip = NULL;

  gtk_widget_set_visible (self->take_button, self->conversation->assignee == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->assignee_button), self->conversation->assignee != NULL);
  adw_button_content_set_label (self->assignee_content, name != NULL ? name : _ ("Nobody"));
  /* Where it is narrow the name is cut. */
  tooltip = g_strdup_printf (_ ("%s takes care"), name != NULL ? name : _ ("Nobody"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->assignee_button), tooltip);
}

/* While the customer is on the phone that is how it stands; what the call does, and for how long, is beside it. */
static void
update_state (LiaConversationPage *self)
{
  g_autoptr (LiaCall) call = NULL;
  g_autofree char *with = NULL;
  const char      *text;

  if (self->conversation == NULL)
    return;
  call = lia_callers_find (lia_client_get_calls (self->client), self->conversation->id);
  with = call != NULL ? lia_callers_with (call, lia_client_get_me (self->client), lia_client_get_agents (self->client)) : NULL;
  text = with != NULL ? with : lia_format_state (self->conversation);
  gtk_label_set_label (self->state, text);
  gtk_widget_set_visible (GTK_WIDGET (self->state), *text != '\0');
  lia_due_pill_set_conversation (self->due, self->conversation);
  lia_due_pill_set_call (self->due, call);
}

static void
update_header (LiaConversationPage *self)
{
  LiaConversation *conversation = self->conversation;
  g_autofree char *name = NULL;
  g_autofree char *address = NULL;
  gboolean         closed;

  gtk_widget_set_visible (self->details, conversation != NULL);
  lia_phone_strip_set_conversation (self->phone_strip, conversation, self->model);
  lia_question_strip_set_conversation (self->question_strip, conversation, self->model);
  lia_conversation_page_update_actions (self);
  if (conversation == NULL)
    {
      adw_window_title_set_title (self->title, "");
      adw_window_title_set_subtitle (self->title, "");
      return;
    }

  closed = conversation->state == LIA_CONVERSATION_CLOSED;
  name = lia_format_customer (conversation->customer);
  address = lia_format_address (conversation->customer->address);
  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, *conversation->customer->name != '\0' ? address : "");
  gtk_label_set_label (self->subject, lia_format_subject (conversation));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subject), conversation->subject);
  update_state (self);
  gtk_widget_set_visible (self->close_button, !closed);
  gtk_widget_set_visible (self->reopen_button, closed);
  gtk_widget_set_visible (self->snooze_button, !closed);
  update_language (self);
  update_tags (self);
  update_assignee (self);
}

/* Not before somebody wants it: forty names. */
static void
create_language_menu (GtkMenuButton *button,
                      gpointer       user_data)
{
  g_autoptr (GMenuModel) menu = gtk_menu_button_get_menu_model (button) == NULL ? lia_language_menu_new () : NULL;

  if (menu != NULL)
    gtk_menu_button_set_menu_model (button, menu);
}

static void
rebuild_assignee_menu (LiaConversationPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) people = g_menu_new ();
  g_autoptr (GMenu) nobody = g_menu_new ();
  g_autoptr (GMenu) lines = g_menu_new ();
  GListModel *queues = lia_client_get_queues (self->client);
  GListModel *agents = lia_client_get_agents (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (agent->name, NULL);

      g_menu_item_set_action_and_target (item, "conversation.assign", "s", agent->id);
      g_menu_append_item (people, item);
    }
  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (LiaQueue) queue = g_list_model_get_item (queues, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (queue->name, NULL);

      g_menu_item_set_action_and_target (item, "conversation.move", "s", queue->id);
      g_menu_append_item (lines, item);
    }
  g_menu_append (nobody, _ ("Release to the Queue"), "conversation.release");
  g_menu_append_section (menu, _ ("Hand Over To"), G_MENU_MODEL (people));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (nobody));
  if (g_list_model_get_n_items (queues) > 1)
    g_menu_append_section (menu, _ ("Move To"), G_MENU_MODEL (lines));
  gtk_menu_button_set_menu_model (self->assignee_button, G_MENU_MODEL (menu));
}

static gboolean
read_cb (gpointer user_data)
{
  LiaConversationPage *self = user_data;

  self->read_timer = 0;
  if (self->conversation != NULL && self->conversation->unread)
    lia_then_complain (lia_client_mark_read (self->client, self->conversation->id, lia_timeline_model_get_last_seq (self->model)),
                       GTK_WIDGET (self), _ ("The conversation could not be marked as read"));
  return G_SOURCE_REMOVE;
}

/* Read is what has been on screen for a second, in a window that has the focus. */
static void
update_reading (LiaConversationPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean reading = self->conversation != NULL && self->conversation->unread && !self->keep_unread &&
                     gtk_widget_get_mapped (GTK_WIDGET (self)) && GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root));

  if (!reading)
    g_clear_handle_id (&self->read_timer, g_source_remove);
  else if (self->read_timer == 0)
    self->read_timer = g_timeout_add (READ_AFTER_MS, read_cb, self);
}

static void
on_model_changed_cb (LiaConversationPage *self)
{
  g_autofree char *problem = NULL;
  LiaConversation *conversation = lia_timeline_model_get_conversation (self->model);

  g_object_get (self->model, "problem", &problem, NULL);
  if (problem != NULL && conversation == NULL)
    {
      g_autofree char *description = g_markup_escape_text (problem, -1);

      adw_status_page_set_description (self->problem_page, description);
      gtk_stack_set_visible_child_name (self->stack, "problem");
    }
  else
    gtk_stack_set_visible_child_name (self->stack, conversation != NULL ? "conversation" : "loading");

  if (g_set_object (&self->conversation, conversation))
    {
      update_header (self);
      update_reading (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
    }
}

static void
on_root_changed_cb (LiaConversationPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root))
    g_signal_connect_object (root, "notify::is-active", G_CALLBACK (update_reading), self, G_CONNECT_SWAPPED);
}

static void
forget_model (LiaConversationPage *self)
{
  g_clear_handle_id (&self->read_timer, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  g_clear_object (&self->conversation);
  g_clear_pointer (&self->entry, g_free);
}

static void
lia_conversation_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lia_conversation_page_parent_class)->map (widget);
  update_reading (LIA_CONVERSATION_PAGE (widget));
}

static void
lia_conversation_page_dispose (GObject *object)
{
  LiaConversationPage *self = LIA_CONVERSATION_PAGE (object);

  forget_model (self);
  g_clear_weak_pointer (&self->sent_toast);
  g_clear_object (&self->original);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_CONVERSATION_PAGE);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (lia_conversation_page_parent_class)->dispose (object);
}

static void
lia_conversation_page_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  LiaConversationPage *self = LIA_CONVERSATION_PAGE (object);

  switch (prop_id)
    {
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    case PROP_SHOW_CUSTOMER:
      g_value_set_boolean (value, self->show_customer);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lia_conversation_page_set_property (GObject      *object,
                                    guint         prop_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  LiaConversationPage *self = LIA_CONVERSATION_PAGE (object);

  switch (prop_id)
    {
    case PROP_SHOW_CUSTOMER:
      if (self->show_customer != g_value_get_boolean (value))
        {
          self->show_customer = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lia_conversation_page_class_init (LiaConversationPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lia_conversation_page_dispose;
  object_class->get_property = lia_conversation_page_get_property;
  object_class->set_property = lia_conversation_page_set_property;
  widget_class->map = lia_conversation_page_map;

  properties[PROP_CONVERSATION] = g_param_spec_object ("conversation", NULL, NULL, LIA_TYPE_CONVERSATION, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_CUSTOMER] = g_param_spec_boolean ("show-customer", NULL, NULL, FALSE,
                                                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_DONE] = g_signal_new ("done", LIA_TYPE_CONVERSATION_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LIA_TYPE_COMPOSER);
  g_type_ensure (LIA_TYPE_DUE_PILL);
  g_type_ensure (LIA_TYPE_PHONE_STRIP);
  g_type_ensure (LIA_TYPE_QUESTION_STRIP);
  g_type_ensure (LIA_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-conversation-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, title);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, details);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, subject);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, state);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, due);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, tags);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, language_button);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, assignee_button);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, assignee_content);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, take_button);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, snooze_button);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, close_button);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, reopen_button);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, problem_page);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, phone_strip);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, question_strip);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, LiaConversationPage, composer);
  lia_conversation_page_install_actions (widget_class);
}

static void
lia_conversation_page_init (LiaConversationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->language_button, create_language_menu, NULL, NULL);
  g_signal_connect (self, "notify::root", G_CALLBACK (on_root_changed_cb), NULL);
  update_header (self);
}

void
lia_conversation_page_set_client (LiaConversationPage *self,
                                  LiaClient           *client,
                                  GSettings           *settings)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  g_settings_bind (settings, "check-spelling", self->composer, "check-spelling", G_SETTINGS_BIND_GET);
  g_signal_connect_object (lia_client_get_agents (client), "items-changed", G_CALLBACK (rebuild_assignee_menu), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_calls (client), "items-changed", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_queues (client), "items-changed", G_CALLBACK (rebuild_assignee_menu), self, G_CONNECT_SWAPPED);
  rebuild_assignee_menu (self);
  lia_conversation_page_connect_timeline (self);
}

/**
 * lia_conversation_page_open:
 * @conversation: (nullable): NULL for none
 * @entry: (nullable): what to show in it; NULL for the newest
 */
void
lia_conversation_page_open (LiaConversationPage *self,
                            const char          *conversation,
                            const char          *entry)
{
  if (self->model != NULL && g_strcmp0 (lia_timeline_model_get_id (self->model), conversation) == 0)
    return;

  forget_model (self);
  self->keep_unread = FALSE;
  self->entry = g_strdup (entry);
  if (conversation == NULL)
    {
      lia_conversation_page_follow_model (self);
      gtk_stack_set_visible_child_name (self->stack, "none");
      update_header (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
      return;
    }

  self->model = lia_timeline_model_new (self->client, conversation);
  g_signal_connect_object (self->model, "notify::conversation", G_CALLBACK (on_model_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::problem", G_CALLBACK (on_model_changed_cb), self, G_CONNECT_SWAPPED);
  on_model_changed_cb (self);
  lia_conversation_page_follow_model (self);
}

LiaConversation *
lia_conversation_page_get_conversation (LiaConversationPage *self)
{
  return self->conversation;
}

/**
 * lia_conversation_page_write:
 *
 * Puts the cursor where the user writes.
 */
void
lia_conversation_page_write (LiaConversationPage *self)
{
  lia_composer_start (self->composer, NULL, "new");
}

/**
 * lia_conversation_page_focus_timeline:
 *
 * Puts the keyboard where the user reads.
 *
 * Returns: FALSE when there is nothing to read
 */
gboolean
lia_conversation_page_focus_timeline (LiaConversationPage *self)
{
  return self->conversation != NULL && gtk_widget_child_focus (GTK_WIDGET (self->timeline), GTK_DIR_TAB_FORWARD);
}

/** lia_conversation_page_get_finder: (transfer none): finds canned responses for the open conversation. */
LiaResponseFinder *
lia_conversation_page_get_finder (LiaConversationPage *self)
{
  return lia_composer_get_finder (self->composer);
}

/** lia_conversation_page_insert_response: into what is being written; an answer is begun where nothing is. */
void
lia_conversation_page_insert_response (LiaConversationPage *self,
                                       LiaCanned           *canned)
{
  lia_composer_insert_response (self->composer, canned);
}

/** lia_conversation_page_flush: as lia_composer_flush(). */
DexFuture *
lia_conversation_page_flush (LiaConversationPage *self)
{
  return lia_composer_flush (self->composer);
}

void
lia_conversation_page_emit_done (LiaConversationPage *self,
                                 const char          *conversation)
{
  g_signal_emit (self, signals[SIGNAL_DONE], 0, conversation);
}

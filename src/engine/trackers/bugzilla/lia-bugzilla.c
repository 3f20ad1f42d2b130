/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-bugzilla-private.h"

#include "lia-bugzilla-json.h"

#include <string.h>

#define FIRST_VERSION "unspecified" /* which every product is made with */
#define ANY_SYSTEM "All"

static void lia_bugzilla_tracker_init (LiaTrackerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaBugzilla, lia_bugzilla, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (LIA_TYPE_TRACKER, lia_bugzilla_tracker_init))

/** lia_bugzilla_bug_path: (transfer full): @key comes from Bugzilla, by way of our store; @rest: what follows. */
char *
lia_bugzilla_bug_path (const char *key,
                       const char *rest)
{
  g_autofree char *escaped = g_uri_escape_string (key, NULL, FALSE);

  return g_strconcat ("/bug/", escaped, rest, NULL);
}

/** lia_bugzilla_new_body: (transfer full): of what is written: "put it in your JSON payload" (General, Authentication), for 5.0 and 5.2 look nowhere else. */
JsonObject *
lia_bugzilla_new_body (LiaBugzilla *self)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "api_key", self->key);

  return body;
}

static gboolean
take_error (GError        **cause,
            LiaTrackerError code)
{
  if (!g_error_matches (*cause, LIA_TRACKER_ERROR, code))
    return FALSE;
  g_clear_error (cause);

  return TRUE;
}

/**
 * lia_bugzilla_get_login:
 * @is_old: (out) (nullable): it takes no key from a header, and cannot say whose it is
 *
 * Returns: (nullable): whom the key belongs to; "" = nobody can tell
 */
const char *
lia_bugzilla_get_login (LiaBugzilla *self,
                        gboolean    *is_old,
                        GError     **error)
{
  GError *cause = NULL;
  g_autoptr (JsonObject) me = NULL;

  if (self->login != NULL && is_old == NULL)
    return self->login;
  me = lia_tracker_site_get (self->site, "/whoami", &cause);
  if (is_old != NULL)
    *is_old = g_error_matches (cause, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_NOT_FOUND);
  if (cause != NULL && !take_error (&cause, LIA_TRACKER_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, cause);
      return NULL;
    }
  g_free (self->login);
  self->login = me != NULL ? lia_tracker_read_word (me, "name") : NULL;
  if (self->login == NULL)
    self->login = g_strdup (self->given);

  return self->login;
}

/* A new bug must say of which system it is, where nobody has set up what is usual: one of those that there are */
static gboolean
add_system (LiaBugzilla *self,
            JsonObject  *place,
            const char  *field,
            GError     **error)
{
  g_autofree char *path = g_strdup_printf ("/field/bug/%s/values", g_str_equal (field, "platform") ? "rep_platform" : field);
  g_autoptr (JsonObject) reply = lia_tracker_site_get (self->site, path, error);
  g_autofree char *value = NULL;
  JsonArray       *values = NULL;
  GError          *cause = NULL;

  if (reply == NULL)
    return FALSE;
  lia_json_arr (reply, "values", LIA_JSON_REQUIRED, 10000, &values, &cause);
  if (!lia_tracker_understand (error, cause))
    return FALSE;
  value = lia_bugzilla_choose (values, ANY_SYSTEM);
  if (value != NULL)
    json_object_set_string_member (place, field, value);

  return TRUE;
}

static JsonObject *
get_product (LiaBugzilla *self,
             GError     **error)
{
  g_autofree char *escaped = g_uri_escape_string (self->product, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/product?names=%s&include_fields=name,is_active,components,versions", escaped);
  g_autoptr (JsonObject) reply = lia_tracker_site_get (self->site, path, error);
  JsonArray  *products = NULL;
  JsonObject *product = NULL;
  GError     *cause = NULL;

  if (reply == NULL)
    return NULL;
  if (lia_json_arr (reply, "products", LIA_JSON_REQUIRED, 10000, &products, &cause) && json_array_get_length (products) > 0)
    lia_json_arr_obj (products, 0, &product, &cause);
  if (!lia_tracker_understand (error, cause))
    return NULL;
  if (product == NULL)
    lia_tracker_refuse (error, LIA_TRACKER_ERROR_NOT_FOUND, "There is no product of this name, or it is not shown to whom the key belongs.");

  return product != NULL ? json_object_ref (product) : NULL;
}

static gboolean
add_component (LiaBugzilla *self,
               JsonObject  *product,
               JsonObject  *place,
               GError     **error)
{
  g_autofree char *component = lia_bugzilla_choose_active (product, "components", self->component);
  g_autofree char *version = lia_bugzilla_choose_active (product, "versions", FIRST_VERSION);

  if (component == NULL || version == NULL || (*self->component != '\0' && !g_str_equal (component, self->component)))
    {
      lia_tracker_refuse (error, LIA_TRACKER_ERROR_INVALID, "The product has no such component, or none at all that new bugs can be in.");
      return FALSE;
    }
  json_object_set_string_member (place, "component", component);
  json_object_set_string_member (place, "version", version);

  return TRUE;
}

/* (transfer full) (nullable) */
static JsonObject *
ask_place (LiaBugzilla *self,
           GError     **error)
{
  g_autoptr (JsonObject) product = get_product (self, error);
  g_autoptr (JsonObject) place = json_object_new ();
  gboolean is_active = TRUE;

  if (product == NULL)
    return NULL;
  lia_json_bool (product, "is_active", LIA_JSON_OPTIONAL, &is_active, NULL);
  if (!is_active)
    {
      lia_tracker_refuse (error, LIA_TRACKER_ERROR_GONE, "The product is closed: nobody can file anything there.");
      return NULL;
    }
  json_object_set_string_member (place, "product", self->product);
  if (!add_component (self, product, place, error) || !add_system (self, place, "op_sys", error) || !add_system (self, place, "platform", error))
    return NULL;

  return g_steal_pointer (&place);
}

/** lia_bugzilla_get_place: (transfer none) (nullable): what a new bug has to say besides its words. */
JsonObject *
lia_bugzilla_get_place (LiaBugzilla *self,
                        GError     **error)
{
  if (self->place == NULL)
    self->place = ask_place (self, error);

  return self->place;
}

static LiaDialect
lia_bugzilla_get_dialect (LiaTracker *tracker)
{
  return LIA_DIALECT_PLAIN;
}

/* Where a key counts only with what is written: a bug without a word is refused as such when the key is good */
static gboolean
check_old_key (LiaBugzilla *self,
               GError     **error)
{
  GError *cause = NULL;

  if (lia_tracker_site_tell (self->site, "POST", "/bug", lia_bugzilla_new_body (self), &cause) || take_error (&cause, LIA_TRACKER_ERROR_INVALID))
    return TRUE;
  g_propagate_error (error, cause);

  return FALSE;
}

/* "You must log in" to read, at one that takes our key only for writing */
static void
explain_old (GError **error)
{
  if (take_error (error, LIA_TRACKER_ERROR_AUTH))
    lia_tracker_refuse (error, LIA_TRACKER_ERROR_PERMISSION,
                        "This Bugzilla shows nothing without a login, and takes keys of those who read only within addresses, which are kept in logs (5.0 and 5.2). "
                        "Liaison sends no key so; 5.1.2, 5.3 and later take it otherwise.");
}

static LiaTrackerProbe *
lia_bugzilla_probe (LiaTracker *tracker,
                    GError    **error)
{
  LiaBugzilla     *self = LIA_BUGZILLA (tracker);
  gboolean         is_old = FALSE;
  GError          *cause = NULL;
  const char      *login = lia_bugzilla_get_login (self, &is_old, error);
  LiaTrackerProbe *probe;

  if (login == NULL)
    return NULL;
  g_clear_pointer (&self->place, json_object_unref);
  if (lia_bugzilla_get_place (self, &cause) == NULL)
    {
      if (is_old)
        explain_old (&cause);
      g_propagate_error (error, cause);
      return NULL;
    }
  if (is_old && !check_old_key (self, error))
    return NULL;
  probe = g_new0 (LiaTrackerProbe, 1);
  probe->login = g_strdup (login);
  probe->project = g_strdup (self->product);

  return probe;
}

static void
lia_bugzilla_tracker_init (LiaTrackerInterface *iface)
{
  iface->abilities = LIA_TRACKER_FINDS_AT_ONCE | LIA_TRACKER_REFUSES_TWINS | LIA_TRACKER_TAKES_FILES;
  iface->get_dialect = lia_bugzilla_get_dialect;
  iface->probe = lia_bugzilla_probe;
  iface->find_by_marker = lia_bugzilla_find_by_marker;
  iface->create = lia_bugzilla_create;
  iface->upsert_summary = lia_bugzilla_upsert_summary;
  iface->attach = lia_bugzilla_attach;
  iface->retract = lia_bugzilla_retract;
  iface->read = lia_bugzilla_read;
  iface->changed_since = lia_bugzilla_changed_since;
  iface->comments = lia_bugzilla_comments;
  iface->releases = lia_bugzilla_releases;
  iface->search = lia_bugzilla_search;
}

static void
lia_bugzilla_finalize (GObject *object)
{
  LiaBugzilla *self = LIA_BUGZILLA (object);

  g_clear_pointer (&self->site, lia_tracker_site_free);
  g_clear_pointer (&self->place, json_object_unref);
  explicit_bzero (self->key, strlen (self->key));
  g_free (self->key);
  g_free (self->product);
  g_free (self->component);
  g_free (self->given);
  g_free (self->login);

  G_OBJECT_CLASS (lia_bugzilla_parent_class)->finalize (object);
}

static void
lia_bugzilla_class_init (LiaBugzillaClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_bugzilla_finalize;
}

static void
lia_bugzilla_init (LiaBugzilla *self)
{
}

/** lia_bugzilla_new: (transfer full): @setup: its project is a product, its type a component of it, its login whom the key belongs to; @key: an API key */
LiaTracker *
lia_bugzilla_new (LiaTrackerWeb   *web,
                  LiaTrackerSetup *setup,
                  const char      *key)
{
  LiaBugzilla     *self = g_object_new (LIA_TYPE_BUGZILLA, NULL);
  g_autofree char *url = g_strconcat (setup->url, g_str_has_suffix (setup->url, "/") ? "" : "/", "rest", NULL);

  self->site = lia_tracker_site_new (web, url, setup->ca, lia_bugzilla_read_issue, lia_bugzilla_explain);
  lia_tracker_site_set_page_url (self->site, setup->url);
  lia_tracker_site_set_correct (self->site, lia_bugzilla_correct);
  lia_tracker_site_set_secret (self->site, "X-BUGZILLA-API-KEY", "", key);
  self->key = g_strdup (key);
  self->product = g_strdup (setup->project);
  self->component = g_strdup (setup->type);
  self->given = g_strdup (setup->login);

  return LIA_TRACKER (self);
}

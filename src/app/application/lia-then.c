/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How widgets use futures: one call that comes back on the main thread, and only while the widget lives. What a user reads about an error is
 * chosen here from its code.
 */
#include "lia-then.h"

#include "lia-problem.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  GWeakRef       owner;
  LiaThen        func;
  gpointer       data;
  GDestroyNotify free_data;
} Then;

static void
then_free (gpointer data)
{
  Then *then = data;

  if (then->free_data != NULL)
    then->free_data (then->data);
  g_weak_ref_clear (&then->owner);
  g_free (then);
}

static DexFuture *
then_cb (DexFuture *future,
         gpointer   user_data)
{
  Then *then = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autoptr (GObject) owner = g_weak_ref_get (&then->owner);

  if (owner != NULL)
    then->func (owner, value, error, then->data);
  return dex_future_new_for_boolean (TRUE);
}

/**
 * lia_then:
 * @future: (transfer full): what is waited for
 * @owner: (type GObject): the answer is dropped when it is gone
 * @func: called once on the main thread
 *
 * Runs @func with what @future comes to.
 */
void
lia_then (DexFuture     *future,
          gpointer       owner,
          LiaThen        func,
          gpointer       data,
          GDestroyNotify free_data)
{
  Then *then = g_new0 (Then, 1);

  g_return_if_fail (DEX_IS_FUTURE (future));
  g_return_if_fail (G_IS_OBJECT (owner));

  g_weak_ref_init (&then->owner, owner);
  then->func = func;
  then->data = data;
  then->free_data = free_data;
  dex_future_disown (dex_future_finally (future, then_cb, then, then_free));
}

static void
complain_cb (gpointer      owner,
             const GValue *value,
             GError       *error,
             gpointer      what)
{
  if (error != NULL)
    lia_complain (owner, what, error);
}

/**
 * lia_then_complain:
 * @future: (transfer full): a command
 * @what: what could not be done, as a sentence without its end: "The conversation could not be closed"
 *
 * Waits for @future and shows a toast when it fails.
 */
void
lia_then_complain (DexFuture  *future,
                   GtkWidget  *widget,
                   const char *what)
{
  lia_then (future, widget, complain_cb, g_strdup (what), g_free);
}

/**
 * lia_toast:
 *
 * Shows @text for a moment, where @widget is.
 */
void
lia_toast (GtkWidget  *widget,
           const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  AdwToast  *toast;

  if (overlay == NULL)
    return;
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

void
lia_complain (GtkWidget    *widget,
              const char   *what,
              const GError *error)
{
  g_autofree char *words = lia_problem_words (error);
  g_autofree char *text = g_strdup_printf ("%s: %s", what, words);

  g_debug ("%s: %s", what, error->message);
  lia_toast (widget, text);
}

/**
 * lia_problem_words:
 *
 * Returns: (transfer full): what went wrong, in plain words
 */
char *
lia_problem_words (const GError *error)
{
  if (error->domain != LIA_PROBLEM)
    return g_strdup (_ ("Liaison’s engine does not answer at the moment"));

  switch ((LiaProblem)error->code)
    {
    case LIA_PROBLEM_NOT_FOUND:
      return g_strdup (_ ("it is not there any more"));
    case LIA_PROBLEM_VERSION_CONFLICT:
      return g_strdup (_ ("somebody else changed it meanwhile"));
    case LIA_PROBLEM_STALE_VIEW:
      return g_strdup (_ ("there is something new that you have not seen yet"));
    case LIA_PROBLEM_TOO_LARGE:
      return g_strdup (_ ("it is too large"));
    case LIA_PROBLEM_FORBIDDEN:
    case LIA_PROBLEM_UNAUTHORIZED:
      return g_strdup (_ ("you are not allowed to do that"));
    case LIA_PROBLEM_RATE_LIMITED:
      return g_strdup (_ ("that was too fast; please try again in a moment"));
    case LIA_PROBLEM_STORE_FULL:
      return g_strdup (_ ("the disk is full or cannot be written to"));
    case LIA_PROBLEM_CHANNEL_DOWN:
    case LIA_PROBLEM_VALIDATION:
      /* The engine says what exactly, in words for users. */
      return g_strdup (error->message);
    case LIA_PROBLEM_BAD_JSON:
    case LIA_PROBLEM_IDEMPOTENCY_KEY_REUSED:
    case LIA_PROBLEM_UNSUPPORTED_MEDIA:
    case LIA_PROBLEM_RESYNC_NEEDED:
    case LIA_PROBLEM_INTERNAL:
    default:
      return g_strdup (_ ("something unexpected happened"));
    }
}

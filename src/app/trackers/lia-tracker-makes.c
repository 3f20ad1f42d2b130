/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-tracker-makes.h"

#include "lia-format.h"
#include "lia-time.h"

#include <glib/gi18n.h>

static const LiaTrackerMake makes[] = {
  { "redmine", "Redmine", "", N_ ("Project (As in Its Address: “shop”)"), N_ ("API Access Key"), N_ ("The key is made in Redmine: My Account → API Access Key."), N_ ("Number of the Tracker (Empty: the First)"), NULL, N_ ("Its version is closed, too"), { LIA_DIALECT_GFM, LIA_DIALECT_TEXTILE }, 2 },
  { "github", "GitHub", "https://github.com", N_ ("Repository (Owner and Name: “shop/web”)"), N_ ("Token"), N_ ("The token is made on GitHub: Settings → Developer Settings → Fine-Grained Tokens, for this one repository, with “Issues: Read and Write”."), NULL, NULL, N_ ("Its milestone is closed, too"), { LIA_DIALECT_GFM }, 1 },
  { "gitlab", "GitLab", "https://gitlab.com", N_ ("Project (Group and Name: “shop/web”)"), N_ ("Token"), N_ ("The token is made in GitLab: Project → Settings → Access Tokens, with the role Reporter and the scope “api”."), NULL, NULL, N_ ("Its milestone is closed, too"), { LIA_DIALECT_GFM }, 1 },
  { "forgejo", "Forgejo, Gitea", "", N_ ("Repository (Owner and Name: “shop/web”)"), N_ ("Token"), N_ ("The token is made in Forgejo: Settings → Applications, with “write:issue”, “read:user” and “read:repository”."), NULL, NULL, N_ ("Its milestone is closed, too"), { LIA_DIALECT_GFM }, 1 },
  { "jira-cloud", "Jira Cloud", "", N_ ("Project Key (Such as “SHOP”)"), N_ ("API Token"), N_ ("The token is made by the login itself: id.atlassian.com → Security → API Tokens."), N_ ("Type of Issues (Empty: Task)"), N_ ("Mail Address of the Login"), N_ ("Its fix version is released, too"), { LIA_DIALECT_PLAIN }, 1 },
  { "jira", "Jira Data Center", "", N_ ("Project Key (Such as “SHOP”)"), N_ ("Personal Access Token"), N_ ("The token is made in Jira: Profile → Personal Access Tokens."), N_ ("Type of Issues (Empty: Task)"), NULL, N_ ("Its fix version is released, too"), { LIA_DIALECT_JIRA }, 1 },
  { "bugzilla", "Bugzilla", "", N_ ("Product (As It Is Called There: “Web Shop”)"), N_ ("API Key"), N_ ("The key is made in Bugzilla by the login itself: Preferences → API Keys."), N_ ("Component (Empty: the First)"), N_ ("Login (Its Mail Address)"), N_ ("Its target milestone is switched off, too"), { LIA_DIALECT_PLAIN }, 1 },
  { "webhook", N_ ("A Program of Your Own"), "", N_ ("Project (It Is Told to the Program)"), N_ ("Key for the Signature"), N_ ("The key is what both sides know: words of your choice, or “whsec_…”. The program can check by it that we are the ones who speak."), NULL, NULL, NULL, { LIA_DIALECT_GFM, LIA_DIALECT_PLAIN }, 2 },
};

/** lia_tracker_makes_get: all that can be set up, in the order in which they are offered. */
const LiaTrackerMake *
lia_tracker_makes_get (guint *n_makes)
{
  *n_makes = G_N_ELEMENTS (makes);

  return makes;
}

/** lia_tracker_makes_find: (nullable): NULL = a make that this program does not know */
const LiaTrackerMake *
lia_tracker_makes_find (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (makes); i++)
    if (g_strcmp0 (makes[i].kind, kind) == 0)
      return &makes[i];

  return NULL;
}

const char *
lia_tracker_make_get_name (const LiaTrackerMake *make)
{
  return _ (make->name);
}

const char *
lia_tracker_words_dialect (LiaDialect dialect)
{
  switch (dialect)
    {
    case LIA_DIALECT_TEXTILE:
      return _ ("Textile");
    case LIA_DIALECT_JIRA:
      return _ ("Jira’s Own Notation");
    case LIA_DIALECT_PLAIN:
      return _ ("Plain Text");
    case LIA_DIALECT_GFM:
    default:
      return _ ("Markdown");
    }
}

/* How it is ------------------------------------------------------------------------------------------------------------------------------- */

static const struct
{
  const char *state;
  const char *words;
  const char *next; /* NULL: nothing has to be done */
  const char *icon;
} states[] = {
  { "starting", N_ ("Being asked for the first time…"), NULL, "content-loading-symbolic" },
  { "ready", N_ ("Works"), NULL, "object-select-symbolic" },
  { "reconnecting", N_ ("Cannot be asked at the moment."), N_ ("Liaison tries again by itself; nothing is lost."), "network-offline-symbolic" },
  { "needs-login", N_ ("The tracker does not know the key."), N_ ("Enter another key. What is to leave waits until then."), "dialog-password-symbolic" },
  { "stopped", N_ ("Stopped"), NULL, "media-playback-stop-symbolic" },
};

static guint
state_index (LiaTrackerSetup *tracker)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (tracker->state, states[i].state))
      return i;

  return 0;
}

/** lia_tracker_words_state: (transfer full): how it stands with @tracker, and what there is to do. */
char *
lia_tracker_words_state (LiaTrackerSetup *tracker)
{
  const guint i = state_index (tracker);
  const char *words = *tracker->detail != '\0' ? tracker->detail : _ (states[i].words);

  if (g_str_equal (states[i].state, "ready") && tracker->last_ok_ms != 0)
    {
      g_autofree char *moment = lia_format_moment (tracker->last_ok_ms, lia_time_now ());

      /* Translators: “Works; asked last today, 14:05” */
      return g_strdup_printf (_ ("%s; asked last: %s"), words, moment);
    }

  return states[i].next != NULL ? g_strdup_printf ("%s\n%s", words, _ (states[i].next)) : g_strdup (words);
}

const char *
lia_tracker_words_icon (LiaTrackerSetup *tracker)
{
  return states[state_index (tracker)].icon;
}

/** lia_tracker_words_about: (transfer full): of which make it is, and who reads it. */
char *
lia_tracker_words_about (LiaTrackerSetup *tracker)
{
  const LiaTrackerMake *make = lia_tracker_makes_find (tracker->kind);
  const char           *name = make != NULL ? _ (make->name) : tracker->kind;

  /* Translators: a make of trackers, a project there, and that strangers read it */
  return tracker->is_public ? g_strdup_printf (_ ("%s · %s · anybody can read it"), name, tracker->project) : g_strdup_printf ("%s · %s", name, tracker->project);
}

/* What came of trying it ------------------------------------------------------------------------------------------------------------------ */

static const struct
{
  const char *code;
  const char *words;
  const char *next;
} trials[] = {
  { "auth", N_ ("The Key Is Not Known There"), N_ ("Go back and enter the key again.") },
  { "permission", N_ ("The Key Allows Too Little"), N_ ("Give its login the rights that the help page lists, in the tracker, and test again.") },
  { "not-found", N_ ("There Is No Such Project"), N_ ("Go back and look at the project’s name and the address. Perhaps the key’s login cannot see it.") },
  { "gone", N_ ("Issues Are Switched Off There"), N_ ("Switch them on in the project’s settings, or choose another project.") },
  { "moved", N_ ("The Project Has Moved"), N_ ("Go back and enter its new address. The key was not shown to it.") },
  { "invalid", N_ ("This Is Not Such a Tracker"), N_ ("Go back and look at the kind and the address.") },
  { "rate", N_ ("The Tracker Wants to Be Left Alone for a While"), N_ ("It may be right all the same. Test again later, or keep it as it is.") },
  { "unavailable", N_ ("The Tracker Does Not Answer"), N_ ("Look at the address, and whether it can be reached from here. Then test again.") },
};

static guint
trial_index (LiaTrackerTrial *trial)
{
  for (guint i = 0; i < G_N_ELEMENTS (trials); i++)
    if (g_str_equal (trials[i].code, trial->code))
      return i;

  return G_N_ELEMENTS (trials) - 1;
}

/** lia_tracker_words_trial: as a title. */
const char *
lia_tracker_words_trial (LiaTrackerTrial *trial)
{
  return trial->ok ? _ ("It Works") : _ (trials[trial_index (trial)].words);
}

/** lia_tracker_words_next: (transfer full): what the tracker said, and what to do now. */
char *
lia_tracker_words_next (LiaTrackerTrial      *trial,
                        const LiaTrackerMake *make)
{
  const guint i = trial_index (trial);

  if (trial->ok && *trial->login != '\0')
    /* Translators: a login, then a project of a tracker */
    return g_strdup_printf (_ ("Liaison writes as “%s” in “%s”. Nothing was filed for this test."), trial->login, trial->project);
  if (trial->ok)
    return g_strdup (_ ("The program has answered. Nothing was filed for this test."));
  if (g_str_equal (trials[i].code, "auth"))
    return g_strdup_printf ("%s\n\n%s %s", trial->detail, _ (trials[i].next), _ (make->where));

  return g_strdup_printf ("%s\n\n%s", trial->detail, _ (trials[i].next));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-issue.h"

G_DEFINE_FINAL_TYPE (LiaIssue, lia_issue, G_TYPE_OBJECT)

static void
lia_issue_finalize (GObject *object)
{
  LiaIssue *self = (LiaIssue *)object;

  g_free (self->id);
  g_free (self->tracker);
  g_free (self->key);
  g_free (self->url);
  g_free (self->title);
  g_free (self->state);
  g_free (self->assignee);
  g_free (self->milestone);
  g_free (self->validator);
  g_free (self->problem);
  g_free (self->untold);

  G_OBJECT_CLASS (lia_issue_parent_class)->finalize (object);
}

static void
lia_issue_class_init (LiaIssueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_issue_finalize;
}

static void
lia_issue_init (LiaIssue *self)
{
  self->id = g_strdup ("");
  self->tracker = g_strdup ("");
  self->key = g_strdup ("");
  self->url = g_strdup ("");
  self->title = g_strdup ("");
  self->state = g_strdup ("");
  self->assignee = g_strdup ("");
  self->milestone = g_strdup ("");
  self->validator = g_strdup ("");
  self->problem = g_strdup ("");
  self->untold = g_strdup ("");
}

/** lia_issue_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaIssue *
lia_issue_new (void)
{
  return g_object_new (LIA_TYPE_ISSUE, NULL);
}

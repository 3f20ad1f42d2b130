/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-application.h"

#include <glib/gi18n.h>
#include <libdex.h>

int
main (int    argc,
      char **argv)
{
  bindtextdomain (GETTEXT_PACKAGE, LIA_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  dex_init ();

  g_autoptr (LiaApplication) app = lia_application_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}

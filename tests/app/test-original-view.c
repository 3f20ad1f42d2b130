/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hostile HTML beside a listener that counts who comes: nobody may. */

#include "lia-icons.h"
#include "lia-original-view.h"

#include <webkit/webkit.h>

typedef struct
{
  char *html;
  int   n_connections;
  int   n_parts;
  guint port;
} World;

static gboolean
on_incoming (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             World             *world)
{
  world->n_connections++;

  return FALSE;
}

static DexFuture *
load_html (const char *id,
           gpointer    data)
{
  World *world = data;

  g_assert_cmpstr (id, ==, "e_1");

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new (world->html, strlen (world->html)));
}

static DexFuture *
load_part (const char *id,
           gpointer    data)
{
  static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><rect width='8' height='8'/></svg>";
  World            *world = data;

  g_assert_cmpstr (id, ==, "b_logo");
  world->n_parts++;

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new_static (svg, sizeof svg - 1));
}

static void
wait_ms (int ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
}

static char *
hostile_html (guint port)
{
  static const char form[] =
      "<html><head><base href='@'><link rel=stylesheet href='@css'><link rel=prefetch href='@prefetch'><link rel=preload as=image href='@preload'>"
      "<link rel=preconnect href='@'><link rel=dns-prefetch href='@'><link rel=icon href='@icon'><link rel=manifest href='@manifest'>"
      "<style>@@import url(@import); body{background:url(@bg)} @@font-face{font-family:z;src:url(@font)} p{font-family:z; cursor:url(@cursor),auto}</style>"
      "<meta http-equiv=Content-Security-Policy content='default-src *'><meta http-equiv=refresh content='1;url=@refresh'></head>"
      "<body background='@bodybg'><p>x</p><img src='@img'><img srcset='@srcset 1x'><picture><source srcset='@source'><img src='@picture'></picture>"
      "<video poster='@poster' src='@video' autoplay></video><audio src='@audio' autoplay></audio><iframe src='@iframe'></iframe>"
      "<iframe srcdoc=\"<img src='@srcdoc'>\"></iframe><object data='@object'></object><embed src='@embed'><svg><image href='@svgimage'/>"
      "<use href='@svguse#a'/></svg><input type=image src='@input'><table background='@table'><tr><td style=\"background-image:url('@td')\">x</table>"
      "<script src='@script'></script><script>new Image().src='@js'</script><img src=x onerror=\"new Image().src='@onerror'\">"
      "<form action='@form' id=f><input autofocus onfocus='f.submit()'></form><body onload=\"location='@location'\">"
      "<img src='cid:logo@example.com'><img src='cid:unknown@example.com'></body></html>";
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/", port);
  GString         *html = g_string_new (form);

  g_string_replace (html, "logo@example", "logo%40example", 0);
  g_string_replace (html, "unknown@example", "unknown%40example", 0);
  g_string_replace (html, "@@", "\001", 0);
  g_string_replace (html, "@", url, 0);
  g_string_replace (html, "\001", "@", 0);

  return g_string_free (html, FALSE);
}

static LiaEntry *
make_entry (void)
{
  LiaEntry      *entry = lia_entry_new ();
  LiaAttachment *logo = lia_attachment_new ();

  entry->id = g_strdup ("e_1");
  entry->subject = g_strdup ("Hello");
  entry->attachments = g_ptr_array_new_with_free_func (g_object_unref);
  logo->blob = g_strdup ("b_logo");
  logo->cid = g_strdup ("logo@example.com");
  logo->type = g_strdup ("image/svg+xml");
  g_ptr_array_add (entry->attachments, logo);

  return entry;
}

static GtkWidget *
find_web_view (GtkWidget *widget)
{
  if (WEBKIT_IS_WEB_VIEW (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_web_view (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_hostile (void)
{
  World world = { 0 };
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (LiaEntry) entry = make_entry ();
  g_autoptr (GError) error = NULL;
  LiaOriginalView *view = lia_original_view_new ();
  GtkWindow       *window = GTK_WINDOW (gtk_window_new ());

  world.port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (service, "incoming", G_CALLBACK (on_incoming), &world);
  g_socket_service_start (service);
  world.html = hostile_html (world.port);

  /* The listener counts. */
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16)world.port, NULL, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 600 && world.n_connections == 0; i++)
    wait_ms (100);
  g_assert_cmpint (world.n_connections, ==, 1);
  world.n_connections = 0;

  lia_original_view_set_loader (view, load_html, load_part, &world);
  gtk_window_set_child (window, GTK_WIDGET (view));
  gtk_window_set_default_size (window, 600, 400);
  gtk_window_present (window);
  lia_original_view_show (view, entry);

  for (int i = 0; i < 600 && world.n_parts == 0; i++)
    wait_ms (100);
  wait_ms (2500); /* the refresh after a second, and whatever else is late */

  g_assert_cmpint (world.n_parts, ==, 1);
  g_assert_nonnull (find_web_view (GTK_WIDGET (view)));
  g_assert_true (gtk_widget_get_mapped (find_web_view (GTK_WIDGET (view))));
  g_assert_cmpstr (webkit_web_view_get_uri (WEBKIT_WEB_VIEW (find_web_view (GTK_WIDGET (view)))), ==, "about:blank");
  g_assert_cmpint (world.n_connections, ==, 0);

  /* It can be cleared, and used again. */
  lia_original_view_clear (view);
  g_assert_null (find_web_view (GTK_WIDGET (view)));
  world.n_parts = 0;
  lia_original_view_show (view, entry);
  for (int i = 0; i < 600 && world.n_parts == 0; i++)
    wait_ms (100);
  g_assert_cmpint (world.n_parts, ==, 1);
  g_assert_cmpint (world.n_connections, ==, 0);

  gtk_window_destroy (window);
  wait_ms (50);
  g_free (world.html);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  dex_init ();
  adw_init ();

  g_test_add_func ("/original-view/hostile", test_hostile);

  return g_test_run ();
}

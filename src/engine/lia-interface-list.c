/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-interface-list.h"

#include "lia-chat-calls.h"
#include "lia-commands.h"
#include "lia-http-call.h"

/** lia_interface_print: every call and command, a line each, for the test that compares them with API.md. */
void
lia_interface_print (void)
{
  gsize               n_routes;
  gsize               n_chat_routes;
  gsize               n_commands;
  const LiaHttpRoute *routes = lia_http_routes (&n_routes);
  const LiaChatRoute *chat_routes = lia_chat_routes (&n_chat_routes);
  const LiaCommand   *commands = lia_commands_list (&n_commands);

  for (gsize i = 0; i < n_routes; i++)
    g_print ("%s %s\n", routes[i].method, routes[i].pattern);
  for (gsize i = 0; i < n_chat_routes; i++)
    g_print ("%s %s\n", chat_routes[i].method, chat_routes[i].path);
  for (gsize i = 0; i < n_commands; i++)
    g_print ("%s\n", commands[i].name);
}

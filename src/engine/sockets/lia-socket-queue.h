/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaSocketQueue:
 *
 * Frames that the kernel has not taken off our hands yet. A frame may be in the queues of many sockets, and is in memory once.
 */
typedef struct _LiaSocketQueue LiaSocketQueue;

gssize lia_socket_queue_try (int           fd,
                             gconstpointer data,
                             gsize         length);

LiaSocketQueue *lia_socket_queue_new (void);
void            lia_socket_queue_free (LiaSocketQueue *self);
void            lia_socket_queue_push (LiaSocketQueue *self,
                                       GBytes         *frame,
                                       gsize           written);
gboolean        lia_socket_queue_write (LiaSocketQueue *self,
                                        int             fd);
void            lia_socket_queue_drop (LiaSocketQueue *self);
gsize           lia_socket_queue_get_bytes (const LiaSocketQueue *self);

G_END_DECLS

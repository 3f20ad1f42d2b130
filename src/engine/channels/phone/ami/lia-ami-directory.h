/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaAmiDirectory:
 *
 * Who sits at which telephone: the three names that a PBX has for one desk, which often look alike and must not be mixed.
 */
typedef struct _LiaAmiDirectory LiaAmiDirectory;

LiaAmiDirectory *lia_ami_directory_new (void);
LiaAmiDirectory *lia_ami_directory_ref (LiaAmiDirectory *self);
void             lia_ami_directory_unref (LiaAmiDirectory *self);
void             lia_ami_directory_clear (LiaAmiDirectory *self);
void             lia_ami_directory_add (LiaAmiDirectory *self,
                                        const char      *agent,
                                        const char      *endpoint,
                                        const char      *extension,
                                        const char      *interface);
const char      *lia_ami_directory_find_endpoint (LiaAmiDirectory *self,
                                                  const char      *endpoint);
const char      *lia_ami_directory_find_interface (LiaAmiDirectory *self,
                                                   const char      *interface);

char *lia_ami_endpoint_of_channel (const char *channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaAmiDirectory, lia_ami_directory_unref)

G_END_DECLS

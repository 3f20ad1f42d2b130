/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-engine.h"
#include "lia-phone-provider.h"

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_FETCHER (lia_phone_fetcher_get_type ())

/**
 * LiaPhoneFetcher:
 *
 * Brings the recordings of one telephone system into the store, one after the other: into a file without a name, from there to the blobs, then to the
 * entry in one transaction. What is to be fetched stands in the store, so that it goes on after whatever ended the engine. Main context only.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneFetcher, lia_phone_fetcher, LIA, PHONE_FETCHER, GObject)

LiaPhoneFetcher *lia_phone_fetcher_new (LiaEngine        *engine,
                                        gint64            channel_id,
                                        LiaPhoneProvider *provider);
void             lia_phone_fetcher_start (LiaPhoneFetcher *self);
void             lia_phone_fetcher_wake (LiaPhoneFetcher *self);
void             lia_phone_fetcher_stop (LiaPhoneFetcher *self);

/*
 * lia_phone_fetcher_wake(): there may be something to fetch.
 * lia_phone_fetcher_stop(): what is on its way is dropped, and fetched anew the next time.
 */

G_END_DECLS

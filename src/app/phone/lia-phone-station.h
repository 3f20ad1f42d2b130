/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-line.h"
#include "lia-phone.h"

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_STATION (lia_phone_station_get_type ())

/**
 * LiaPhoneStation:
 *
 * The telephone of the agent who sits here: the one in the app where the engine has an account for it, else the one on the desk, of which the engine
 * tells. Its lines are the calls that concern this agent, each from its first ringing until it is wrapped up, and whoever shows or does something
 * needs nothing else.
 *
 * Property "phone-state" (int, LiaPhoneState): of the telephone in the app. Signals: "ringing" (LiaPhoneLine), once for each that rings here;
 * "talking" (LiaPhoneLine), once for each that is taken; "notice" (string): something that the agent should know, in plain words.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneStation, lia_phone_station, LIA, PHONE_STATION, GObject)

LiaPhoneStation *lia_phone_station_new (LiaClient *client,
                                        GSettings *settings);
void             lia_phone_station_use_phone (LiaPhoneStation *self,
                                              LiaPhone        *phone);
LiaClient       *lia_phone_station_get_client (LiaPhoneStation *self);
GListModel      *lia_phone_station_get_lines (LiaPhoneStation *self); /* of LiaPhoneLine */
LiaPhoneLine    *lia_phone_station_find (LiaPhoneStation *self,
                                         const char      *id);
LiaPhoneLine    *lia_phone_station_find_for (LiaPhoneStation *self,
                                             LiaLineAction    action);
LiaPhoneLine    *lia_phone_station_find_listening (LiaPhoneStation *self);
LiaPhoneState    lia_phone_station_get_phone_state (LiaPhoneStation *self);
const char      *lia_phone_station_get_phone_problem (LiaPhoneStation *self);
const char      *lia_phone_station_get_phone_address (LiaPhoneStation *self);
void             lia_phone_station_try_again (LiaPhoneStation *self);
DexFuture       *lia_phone_station_set_account (LiaPhoneStation *self,
                                                LiaSoftphone    *account) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
gboolean         lia_phone_station_can_dial (LiaPhoneStation *self,
                                             const char     **why_not);
void             lia_phone_station_dial (LiaPhoneStation *self,
                                         const char      *number,
                                         const char      *conversation);
DexFuture       *lia_phone_station_listen (LiaPhoneStation *self,
                                           LiaCall         *call,
                                           const char      *agent,
                                           const char      *mode) G_GNUC_WARN_UNUSED_RESULT;
gboolean         lia_phone_station_switch (LiaPhoneStation *self);

G_END_DECLS

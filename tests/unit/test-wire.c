/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Values on the wire: the samples are those of API.md. Each is read, written and read again; each of its members is replaced by every
 * other type (an error or a value, never a crash) and left out.
 */

#include "lia-frames.h"
#include "lia-replies.h"

typedef gpointer (*DecodeFunc) (JsonObject *object,
                                GError    **error);
typedef JsonObject *(*EncodeFunc) (gpointer value);

#define ROW                                                                                                                                                                          \
  "{\"id\":\"c_12\",\"ver\":9,\"sort\":1764000000000,\"subject\":\"Invoice 1042 is wrong\",\"channel\":\"email\",\"queue\":\"q_1\","                                                 \
  "\"state\":\"open\",\"assignee\":\"a_1\",\"unread\":true,\"priority\":0,\"tags\":[\"billing\"],\"language\":\"de\",\"language_set\":true,\"due_at\":\"2026-11-22T16:00:00.000Z\"," \
  "\"due_kind\":\"first\",\"waiting_since\":\"2026-11-22T08:00:00.000Z\",\"snooze_until\":null,\"last_at\":\"2026-11-22T08:00:00.000Z\","                                            \
  "\"snippet\":\"the amount is not what we agreed\",\"entries\":4,\"sending\":\"\",\"draft\":false,\"callback\":false,\"question\":false,"                                           \
  "\"customer\":{\"id\":\"k_3\",\"name\":\"Ann Lee\",\"address\":\"ann@example.com\"}}"

static const struct Sample
{
  const char *name;
  const char *text;
  DecodeFunc  decode;
  EncodeFunc  encode;
} samples[] = {
  { "conversation", ROW, (DecodeFunc)lia_wire_decode_conversation, (EncodeFunc)lia_wire_encode_conversation },
  { "entry",
    "{\"id\":\"e_815\",\"seq\":815,\"conv\":\"c_12\",\"at\":\"2026-11-22T08:00:00.000Z\",\"dir\":\"in\",\"subject\":\"Invoice\","
    "\"from\":{\"name\":\"Ann Lee\",\"address\":\"ann@example.com\"},\"reply_to\":null,\"to\":[{\"name\":\"\",\"address\":\"support@example.org\"}],"
    "\"cc\":[],\"bcc\":[],\"text\":\"Hello,\\nthe amount …\\n> quoted\",\"html\":true,\"message_id\":\"<1@example.com>\","
    "\"attachments\":[{\"blob\":\"b_9f\",\"name\":\"invoice.pdf\",\"type\":\"application/pdf\",\"size\":48211,\"inline\":false,\"cid\":null,\"dangerous\":false}],"
    "\"state\":\"\",\"problem\":null,\"undo_until\":null,\"outbox\":null,\"flags\":[\"new-participant\"],\"kind\":\"email\","
    "\"author\":{\"kind\":\"customer\",\"id\":\"k_3\",\"name\":\"Ann Lee\",\"address\":\"ann@example.com\"},"
    "\"folds\":[{\"start\":22,\"end\":30,\"kind\":\"quote\"}],\"d\":{\"duration_s\":183}}",
    (DecodeFunc)lia_wire_decode_entry,
    (EncodeFunc)lia_wire_encode_entry },
  { "customer",
    "{\"id\":\"k_3\",\"ver\":2,\"name\":\"Ann Lee\",\"org\":\"\",\"lang\":\"en\",\"notes\":\"\",\"zone\":\"Asia/Kolkata\",\"formality\":\"formal\",\"created_at\":\"2026-11-22T08:00:00.000Z\","
    "\"conversations\":7,\"open\":1,\"addresses\":[{\"kind\":\"email\",\"value\":\"ann@example.com\"}],\"effort\":{\"calls_today\":3,\"answered_today\":1,"
    "\"waited_today_s\":312,\"talked_today_s\":95,\"contacts\":7,\"transfers\":2,\"waited_s\":612,\"open\":1}}",
    (DecodeFunc)lia_wire_decode_customer,
    (EncodeFunc)lia_wire_encode_customer },
  { "draft",
    "{\"key\":\"f2a830b5-45b2-4eb2-a63c-afda4fee0b05\",\"mode\":\"email\",\"reply\":\"all\",\"entry\":\"e_815\",\"body\":\"Dear Ann\",\"subject\":\"Re: Invoice\","
    "\"to\":[{\"name\":\"\",\"address\":\"ann@example.com\"}],\"cc\":[],\"bcc\":[],\"attachments\":[]}",
    (DecodeFunc)lia_wire_decode_draft,
    (EncodeFunc)lia_wire_encode_draft },
  { "agent",
    "{\"id\":\"a_1\",\"name\":\"Ann\",\"address\":\"ann@example.org\",\"role\":\"admin\",\"availability\":\"paused\","
    "\"reason\":\"Lunch\",\"since\":\"2026-11-22T08:00:00.000Z\",\"until\":\"2026-11-22T08:00:30.000Z\",\"phone\":\"PJSIP/ann\",\"extension\":\"1001\",\"member\":\"Local/1001@from-queue/n\",\"chats\":3}",
    (DecodeFunc)lia_wire_decode_agent,
    (EncodeFunc)lia_wire_encode_agent },
  { "queue",
    "{\"id\":\"q_1\",\"name\":\"Support\",\"first_target_s\":28800,\"next_target_s\":28800,\"phone_channel\":\"h_2\",\"phone_name\":\"support\",\"hidden\":false,"
    "\"service_target_s\":20,\"short_s\":5,\"service_level\":\"negative\",\"wrapup_s\":30,\"callback_target_s\":3600,"
    "\"hours\":{\"zone\":\"Europe/Berlin\",\"days\":[\"09:00-12:00, 13:00-17:00\",\"\",\"22:00-06:00\",\"\",\"\",\"\",\"00:00-24:00\"],"
    "\"closed\":\"2026-12-24, 12-25\"}}",
    (DecodeFunc)lia_wire_decode_queue,
    (EncodeFunc)lia_wire_encode_queue },
  { "queue-always-open",
    "{\"id\":\"q_1\",\"name\":\"Support\",\"first_target_s\":28800,\"next_target_s\":28800,\"phone_channel\":\"\",\"phone_name\":\"\",\"hidden\":false,"
    "\"service_target_s\":20,\"short_s\":5,\"service_level\":\"negative\",\"wrapup_s\":30,\"callback_target_s\":3600,\"hours\":null}",
    (DecodeFunc)lia_wire_decode_queue,
    (EncodeFunc)lia_wire_encode_queue },
  { "channel",
    "{\"id\":\"h_1\",\"kind\":\"mail\",\"name\":\"support@example.org\",\"queue\":\"q_1\",\"state\":\"ready\",\"detail\":\"\","
    "\"since\":\"2026-11-22T08:00:00.000Z\",\"last_ok\":null,\"abilities\":[],\"forged\":3,\"forged_last\":\"2026-11-22T08:30:00.000Z\",\"progress\":{\"done\":1200,\"total\":5000},\"config\":{\"address\":\"support@example.org\"}}",
    (DecodeFunc)lia_wire_decode_channel,
    (EncodeFunc)lia_wire_encode_channel },
  { "view",
    "{\"id\":\"mine\",\"kind\":\"mine\",\"name\":\"My work\",\"total\":12,\"unread\":3}",
    (DecodeFunc)lia_wire_decode_view,
    (EncodeFunc)lia_wire_encode_view },
  { "finding",
    "{\"id\":\"f_90\",\"ver\":3,\"kind\":\"need\",\"title\":\"Dark letters\",\"product\":\"Invoices\",\"url\":\"\",\"state\":\"linked\",\"customers\":7,\"blocked\":2,\"quotes\":9,\"to_tell\":4,\"told\":2,\"phone_ms\":1260000,\"first_at\":\"2026-11-22T08:00:00.000Z\",\"last_at\":\"2026-11-22T08:00:00.000Z\",\"linked_at\":\"2026-11-22T08:00:00.000Z\",\"fixed_at\":null,\"told_at\":null,\"merged\":[\"f_75\"],\"weeks\":[0,0,1,0,2,1,2,3],\"issues\":[{\"id\":\"i_120\",\"tracker\":\"t_5\",\"key\":\"4711\",\"url\":\"https://redmine.example.org/issues/4711\",\"title\":\"Wrong total\",\"closed\":true,\"state\":\"Closed\",\"assignee\":\"Eve\",\"milestone\":\"2.1\",\"released\":true,\"updated_at\":\"2026-11-22T08:00:00.000Z\",\"wants_info\":false,\"problem\":\"\",\"untold\":\"It is refused.\"}],\"push\":{\"id\":\"p_118\",\"finding\":\"f_90\",\"tracker\":\"t_5\",\"agent\":\"a_1\",\"at\":\"2026-11-22T08:00:00.000Z\",\"marker\":\"liaison-a\",\"title\":\"\",\"text\":\"\",\"hash\":\"9f\",\"files\":[{\"blob\":\"b_9f\",\"name\":\"screen.png\",\"type\":\"image/png\",\"size\":48211,\"metadata\":\"stripped\",\"there\":true,\"problem\":\"\"}],\"state\":\"unknown\",\"problem\":\"The tracker does not answer.\",\"tries\":2,\"first_at\":\"2026-11-22T08:00:00.000Z\",\"tried_at\":\"2026-11-22T08:01:00.000Z\",\"retry_at\":null,\"issue\":\"\",\"question\":\"\"}}",
    (DecodeFunc)lia_wire_decode_finding,
    (EncodeFunc)lia_wire_encode_finding },
  { "quote",
    "{\"entry\":\"e_95\",\"conv\":\"c_12\",\"finding\":\"f_90\",\"at\":\"2026-11-22T08:00:00.000Z\",\"agent\":\"a_1\",\"text\":\"the amount\",\"importance\":\"blocking\",\"source\":\"e_93\",\"start\":10,\"end\":42,\"url\":\"\",\"second\":134,\"customer\":{\"id\":\"k_3\",\"name\":\"Ann Lee\",\"address\":\"ann@example.com\"}}",
    (DecodeFunc)lia_wire_decode_quote,
    (EncodeFunc)lia_wire_encode_quote },
  { "tracker",
    "{\"id\":\"t_5\",\"ver\":2,\"kind\":\"redmine\",\"name\":\"Shop\",\"url\":\"https://redmine.example.org\",\"project\":\"shop\",\"type\":\"1\",\"login\":\"\",\"dialect\":\"textile\",\"public\":true,\"near\":false,\"ca\":null,\"max_file\":2000,\"done\":[\"Released\"],\"by_release\":true,\"state\":\"ready\",\"detail\":\"\",\"last_ok\":\"2026-11-22T08:00:00.000Z\",\"forms\":{\"need\":\"{{quotes}}\"},\"products\":[{\"product\":\"Invoices\",\"component\":\"Billing\"}]}",
    (DecodeFunc)lia_wire_decode_tracker,
    (EncodeFunc)lia_wire_encode_tracker },
  { "issue",
    "{\"id\":\"i_120\",\"tracker\":\"t_5\",\"key\":\"4711\",\"url\":\"https://redmine.example.org/issues/4711\",\"title\":\"Wrong total\",\"closed\":true,\"state\":\"Closed\",\"assignee\":\"Eve\",\"milestone\":\"2.1\",\"released\":true,\"updated_at\":\"2026-11-22T08:00:00.000Z\",\"wants_info\":false,\"problem\":\"\",\"untold\":\"It is refused.\"}",
    (DecodeFunc)lia_wire_decode_issue,
    (EncodeFunc)lia_wire_encode_issue },
  { "notice",
    "{\"id\":\"n_120\",\"finding\":\"f_90\",\"title\":\"Wrong total\",\"conv\":\"c_12\",\"topic\":\"Invoice\",\"organisation\":\"ACME\",\"language\":\"de\",\"formality\":\"formal\",\"channel\":\"email\",\"email\":\"ann@example.com\",\"phone\":\"\",\"quote\":\"the amount\",\"state\":\"skipped\",\"subject\":\"Re: x\",\"body\":\"Hello\",\"reason\":\"Left us\",\"at\":\"2026-11-22T08:00:00.000Z\",\"snooze_until\":null,\"held_until\":\"2026-11-22T08:00:00.000Z\",\"told_at\":null,\"agent\":\"a_1\",\"entry\":\"e_95\",\"customer\":{\"id\":\"k_3\",\"name\":\"Ann Lee\",\"address\":\"ann@example.com\"},\"issue\":{\"id\":\"i_120\",\"tracker\":\"t_5\",\"key\":\"4711\",\"url\":\"https://redmine.example.org/issues/4711\",\"title\":\"Wrong total\",\"closed\":true,\"state\":\"Closed\",\"assignee\":\"Eve\",\"milestone\":\"2.1\",\"released\":true,\"updated_at\":\"2026-11-22T08:00:00.000Z\",\"wants_info\":false,\"problem\":\"\",\"untold\":\"It is refused.\"}}",
    (DecodeFunc)lia_wire_decode_notice,
    (EncodeFunc)lia_wire_encode_notice },
  { "push",
    "{\"id\":\"p_118\",\"finding\":\"f_90\",\"tracker\":\"t_5\",\"agent\":\"a_1\",\"at\":\"2026-11-22T08:00:00.000Z\",\"marker\":\"liaison-a\",\"title\":\"\",\"text\":\"\",\"hash\":\"9f\",\"files\":[{\"blob\":\"b_9f\",\"name\":\"screen.png\",\"type\":\"image/png\",\"size\":48211,\"metadata\":\"stripped\",\"there\":true,\"problem\":\"\"}],\"state\":\"unknown\",\"problem\":\"The tracker does not answer.\",\"tries\":2,\"first_at\":\"2026-11-22T08:00:00.000Z\",\"tried_at\":\"2026-11-22T08:01:00.000Z\",\"retry_at\":null,\"issue\":\"\",\"question\":\"\"}",
    (DecodeFunc)lia_wire_decode_push,
    (EncodeFunc)lia_wire_encode_push },
  { "push-preview",
    "{\"finding\":\"f_90\",\"tracker\":\"t_5\",\"question\":\"\",\"title\":\"Wrong\",\"source\":\"> [mail-1]\",\"marker\":\"liaison-a\",\"keep\":[\"Berlin\"],\"hide\":[],\"sent_title\":\"Wrong\",\"sent_text\":\"> [mail-1]\",\"hash\":\"9f\",\"public\":true,\"files\":[{\"blob\":\"b_9f\",\"name\":\"a.png\",\"type\":\"image/png\",\"size\":9,\"inline\":false,\"cid\":null,\"dangerous\":false}],\"offered\":[{\"blob\":\"b_9f\",\"name\":\"a.png\",\"type\":\"image/png\",\"size\":9,\"inline\":false,\"cid\":null,\"dangerous\":false}],\"sent_files\":[{\"blob\":\"b_9f\",\"name\":\"a.png\",\"type\":\"image/png\",\"size\":9,\"metadata\":\"none\",\"there\":false,\"problem\":\"\"}],\"redactions\":[{\"in\":\"source\",\"start\":2,\"end\":10,\"kind\":\"mail\",\"placeholder\":\"[mail-1]\",\"words\":\"ann@example.com\"}]}",
    (DecodeFunc)lia_wire_decode_push_preview,
    (EncodeFunc)lia_wire_encode_push_preview },
  { "mailbox",
    "{\"source\":\"autoconfig\",\"address\":\"ann@example.org\",\"name\":\"\",\"sender_name\":\"Example\",\"login\":\"ann\",\"ca\":null,"
    "\"imap\":{\"host\":\"imap.example.org\",\"port\":993,\"tls\":\"tls\"},\"smtp\":{\"host\":\"smtp.example.org\",\"port\":587,\"tls\":\"starttls\"}}",
    (DecodeFunc)lia_wire_decode_mailbox,
    (EncodeFunc)lia_wire_encode_mailbox },
  { "figures",
    "{\"since\":\"2026-11-22T00:00:00.000Z\",\"until\":\"2026-11-22T08:00:00.000Z\",\"queues\":[{\"queue\":\"q_1\",\"waiting\":2,\"longest_wait_now_s\":48,"
    "\"longest_wait_s\":131,\"entered\":57,\"offered\":55,\"answered\":49,\"abandoned\":3,\"short\":2,\"timed_out\":1,\"flow_out\":2,\"closed\":0,\"lost\":0,"
    "\"service_level\":0.875,\"service_level_kind\":\"negative\",\"asa_s\":14.25,\"wait_median_s\":11.0,\"wait_p90_s\":31.5,\"aht_s\":null,\"callbacks_due\":2,"
    "\"callbacks_late\":1,\"callbacks_judged\":4,\"callbacks_kept\":3,\"callback_kept\":0.75,\"hours\":[{\"from\":\"2026-11-22T07:00:00.000Z\",\"entered\":6,\"offered\":6,\"answered\":5,\"abandoned\":1,\"service_level\":null,"
    "\"asa_s\":12.5}]}],\"agents\":[{\"agent\":\"a_1\",\"handled\":12,\"talk_s\":2402,\"hold_s\":60,\"wrap_s\":330,\"ring_s\":70,\"available_s\":8000,"
    "\"paused_s\":900,\"aht_s\":233.5,\"occupancy\":0.25}]}",
    (DecodeFunc)lia_wire_decode_day_figures,
    (EncodeFunc)lia_wire_encode_day_figures },
  { "stay",
    "{\"entry\":\"e_900\",\"conv\":\"c_12\",\"queue\":\"q_1\",\"from\":\"2026-11-22T07:00:00.000Z\",\"to\":null,\"result\":\"answered\",\"due\":\"2026-11-22T08:00:00.000Z\",\"handling_s\":14.5,"
    "\"customer\":{\"id\":\"k_3\",\"name\":\"Ann Lee\",\"address\":\"+4930123\"}}",
    (DecodeFunc)lia_wire_decode_queue_stay,
    (EncodeFunc)lia_wire_encode_queue_stay },
  { "response",
    "{\"id\":\"r_40\",\"ver\":3,\"shortcut\":\"refund\",\"title\":\"Refund on its way\",\"aliases\":[\"money back\"],\"tags\":[\"billing\"],"
    "\"folder\":\"Billing/Refunds\",\"scope\":\"team\",\"owner\":\"a_1\",\"state\":\"reviewed\",\"review_by\":\"2027-01-31T00:00:00.000Z\",\"greeting\":false,"
    "\"farewell\":false,\"attachments\":[],\"channels\":[\"email\"],\"queues\":[\"q_1\"],\"products\":[],"
    "\"variants\":[{\"language\":\"de\",\"formality\":\"formal\",\"channel\":\"email\",\"subject\":\"\",\"body\":\"Ihr Geld ist unterwegs.\"}],"
    "\"actions\":[{\"kind\":\"tag\",\"value\":\"refund\"}],\"own_use\":{\"count\":2.5,\"last\":\"2026-11-20T08:00:00.000Z\"},"
    "\"team_use\":{\"count\":40.0,\"last\":\"2026-11-22T08:00:00.000Z\"}}",
    (DecodeFunc)lia_wire_decode_canned,
    (EncodeFunc)lia_wire_encode_canned },
  { "softphone",
    "{\"server\":\"pbx.example.org\",\"port\":5061,\"transport\":\"tls\",\"user\":\"ann\",\"secret\":\"s3\",\"ca\":null}",
    (DecodeFunc)lia_wire_decode_softphone,
    (EncodeFunc)lia_wire_encode_softphone },
  { "pbx",
    "{\"system\":\"asterisk\",\"name\":\"Head office\",\"host\":\"pbx.example.org\",\"port\":5039,\"tls\":\"tls\",\"login\":\"liaison\",\"ca\":null,"
    "\"country\":\"DE\",\"context\":\"from-internal\",\"dial_abroad\":\"supervisor\",\"dial_agent\":\"+44*\",\"dial_supervisor\":\"\",\"dial_admin\":\"*\",\"dial_per_minute\":6,\"hidden_queues\":[\"fax\"],\"recordings_url\":\"https://pbx.example.org:8089\",\"recordings_login\":\"liaison\",\"traces\":\"\",\"speed\":0}",
    (DecodeFunc)lia_wire_decode_pbx,
    (EncodeFunc)lia_wire_encode_pbx },
  { "call",
    "{\"id\":\"e_900\",\"conv\":\"c_12\",\"customer\":\"k_3\",\"match\":\"exact\",\"match_reason\":\"same-number\",\"disposition\":\"\",\"pbx\":\"h_2\","
    "\"uniqueid\":\"1795334400.12\",\"linked\":[\"1795334400.12\"],\"dir\":\"in\",\"state\":\"ended\",\"outcome\":\"answered\",\"did\":\"+4930500\",\"queue\":\"q_1\","
    "\"number\":\"03012345678\",\"e164\":\"+493012345678\",\"name\":\"Ann Lee\",\"withheld\":false,\"slot\":\"\",\"recording\":false,\"tainted\":false,"
    "\"recovered\":false,\"offline\":false,\"created\":\"2026-11-22T08:00:00.000Z\",\"answered\":\"2026-11-22T08:00:22.000Z\",\"ended\":\"2026-11-22T08:03:25.000Z\",\"wait_s\":22,"
    "\"hold_s\":0,\"duration_s\":183,\"legs\":[{\"uniqueid\":\"1795334400.12\",\"channel\":\"PJSIP/trunk-0000000c\",\"kind\":\"customer\",\"agent\":\"\",\"mode\":\"\",\"sip\":\"3c2@10.0.0.7\",\"state\":\"down\","
    "\"held\":false,\"started\":\"2026-11-22T08:00:00.000Z\",\"ended\":\"2026-11-22T08:03:25.000Z\",\"cause\":16}],"
    "\"segments\":[{\"agent\":\"a_1\",\"kind\":\"talk\",\"from\":\"2026-11-22T08:00:22.000Z\",\"to\":\"2026-11-22T08:03:25.000Z\"}],"
    "\"offers\":[{\"agent\":\"a_1\",\"from\":\"2026-11-22T08:00:18.000Z\",\"to\":\"2026-11-22T08:00:22.000Z\",\"result\":\"answered\"}],"
    "\"waits\":[{\"queue\":\"q_1\",\"from\":\"2026-11-22T08:00:00.000Z\",\"to\":\"2026-11-22T08:00:22.000Z\",\"position\":1,\"result\":\"answered\"}],"
    "\"recordings\":[{\"file\":\"2026/11/a.wav\",\"leg\":\"1795334400.12\",\"voicemail\":false,\"state\":\"fetching\",\"problem\":\"It did not answer.\","
    "\"from\":\"2026-11-22T08:01:00.000Z\",\"to\":\"2026-11-22T08:03:25.000Z\"}],\"consents\":[{\"agent\":\"a_1\",\"at\":\"2026-11-22T08:00:58.000Z\"}],"
    "\"effort\":{\"calls_today\":3,\"answered_today\":1,\"waited_today_s\":312,\"talked_today_s\":95,\"contacts\":7,\"transfers\":2,\"waited_s\":612,\"open\":2}}",
    (DecodeFunc)lia_wire_decode_call,
    (EncodeFunc)lia_wire_encode_call },
  { "queue-member",
    "{\"queue\":\"q_1\",\"agent\":\"a_1\",\"interface\":\"PJSIP/ann\",\"phone\":\"PJSIP/ann\",\"name\":\"Ann\",\"state\":\"in-use\",\"paused\":true,\"reason\":\"Lunch\","
    "\"since\":\"2026-11-22T08:00:00.000Z\",\"penalty\":0}",
    (DecodeFunc)lia_wire_decode_queue_member,
    (EncodeFunc)lia_wire_encode_queue_member },
  { "diagnosis",
    "{\"step\":\"certificate\",\"state\":\"failed\",\"code\":\"wrong-host\",\"detail\":\"The certificate is for mail.example.net.\",\"file\":null,\"paste\":null}",
    (DecodeFunc)lia_wire_decode_diagnosis,
    (EncodeFunc)lia_wire_encode_diagnosis },
  { "pbx-report",
    "{\"ok\":true,\"steps\":[{\"step\":\"keys\",\"state\":\"advice\",\"code\":\"no-keys\",\"detail\":\"atxfer\",\"file\":\"features.conf\",\"paste\":\"x\"}],"
    "\"version\":\"22.10.1\",\"profile\":\"freepbx\",\"context\":\"from-internal\",\"queues\":[{\"name\":\"500\",\"strategy\":\"ringall\",\"members\":[\"Local/201@from-queue/n\"]}],"
    "\"phones\":[{\"phone\":\"PJSIP/201\",\"extension\":\"201\",\"context\":\"ext-local\",\"member\":\"Local/201@from-queue/n\",\"reachable\":true}]}",
    (DecodeFunc)lia_wire_decode_pbx_report,
    (EncodeFunc)lia_wire_encode_pbx_report },
  { "search-hit",
    "{\"entry\":\"e_815\",\"at\":\"2026-11-22T08:00:00.000Z\",\"snippet\":\"the amount is\",\"marks\":[[4,10]],\"conversation\":" ROW "}",
    (DecodeFunc)lia_wire_decode_search_hit,
    (EncodeFunc)lia_wire_encode_search_hit },
};

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = lia_json_parse (text, -1, LIA_JSON_MAX_BYTES, &error);

  g_assert_no_error (error);

  return object;
}

/* A row of the audit log tells what the command was told; nobody asks it to be written. */
static void
test_deed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = lia_json_parse ("{\"at\":\"2026-11-22T08:00:00.000Z\",\"actor\":\"a_1\",\"what\":\"call.supervise\",\"agent\":\"a_2\","
                                                  "\"d\":{\"call\":\"1.2\",\"agent\":\"a_2\",\"mode\":\"whisper\"},"
                                                  "\"customer\":{\"id\":\"k_3\",\"name\":\"Ann Lee\",\"address\":\"+4930123\"}}",
                                                  -1, 1024, &error);
  g_autoptr (JsonObject) wrong = lia_json_parse ("{\"at\":\"2026-11-22T08:00:00.000Z\",\"actor\":\"a_1\",\"what\":\"queue.login\",\"agent\":null,\"customer\":null,"
                                                 "\"d\":{\"on\":\"yes\"}}",
                                                 -1, 1024, &error);
  g_autoptr (LiaDeed) deed = lia_wire_decode_deed (object, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (deed->actor, ==, "a_1");
  g_assert_cmpstr (deed->agent, ==, "a_2");
  g_assert_cmpstr (deed->mode, ==, "whisper");
  g_assert_cmpstr (deed->customer_name, ==, "Ann Lee");
  g_assert_cmpstr (deed->customer_address, ==, "+4930123");
  g_assert_cmpstr (deed->reason, ==, "");
  g_assert_null (lia_wire_decode_deed (wrong, &error));
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_VALIDATION);
}

static void
test_round_trip (gconstpointer data)
{
  const struct Sample *sample = data;
  g_autoptr (JsonObject) object = parse (sample->text);
  g_autoptr (JsonObject) written = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) value = sample->decode (object, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  written = sample->encode (value);
  text = lia_json_to_text (written);
  g_assert_cmpstr (text, ==, sample->text);
}

/* Whatever a member holds: a value or a validation error that points at it */
static void
test_wrong_members (gconstpointer data)
{
  static const char *const others[] = { "{\"o\":7}", "{\"o\":\"x\"}", "{\"o\":[1]}", "{\"o\":[{}]}", "{\"o\":{\"a\":1}}", "{\"o\":true}", "{\"o\":-1.5}", "{\"o\":null}" };
  const struct Sample     *sample = data;
  g_autoptr (JsonObject) whole = parse (sample->text);
  g_autoptr (GList) names = json_object_get_members (whole);

  for (GList *name = names; name != NULL; name = name->next)
    {
      g_autoptr (JsonObject) without = parse (sample->text);
      g_autoptr (GObject) rest = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (others); i++)
        {
          g_autoptr (JsonObject) object = parse (sample->text);
          g_autoptr (JsonObject) other = parse (others[i]);
          g_autoptr (GError) error = NULL;
          g_autoptr (GObject) value = NULL;

          json_object_set_member (object, name->data, json_object_dup_member (other, "o"));
          value = sample->decode (object, &error);
          g_assert_true ((value == NULL) == (error != NULL));
          if (error != NULL)
            {
              g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_VALIDATION);
              g_assert_true (g_str_has_prefix (lia_problem_get_pointer (error) + 1, name->data));
            }
          else
            json_object_unref (sample->encode (value));
        }

      json_object_remove_member (without, name->data);
      json_object_set_string_member (without, "of-a-newer-engine", "x");
      rest = sample->decode (without, NULL);
      if (rest != NULL)
        json_object_unref (sample->encode (rest));
    }
}

/* An empty value, as a maker may have left it, can be written */
static void
test_empty (void)
{
  g_autoptr (LiaEntry) entry = lia_entry_new ();
  g_autoptr (LiaConversation) conversation = lia_conversation_new ();
  g_autoptr (LiaMailbox) mailbox = lia_mailbox_new ();
  g_autoptr (LiaDraft) draft = lia_draft_new ();

  json_object_unref (lia_wire_encode_entry (entry));
  json_object_unref (lia_wire_encode_conversation (conversation));
  json_object_unref (lia_wire_encode_mailbox (mailbox));
  json_object_unref (lia_wire_encode_draft (draft));
}

static void
test_unknown_words (void)
{
  g_autoptr (JsonObject) object = parse ("{\"id\":\"e_1\",\"kind\":\"hologram\",\"dir\":\"up\",\"state\":\"teleported\",\"author\":{\"kind\":\"robot\"}}");
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaEntry) entry = lia_wire_decode_entry (object, &error);

  g_assert_no_error (error);
  g_assert_cmpint (entry->kind, ==, LIA_ENTRY_STATE);
  g_assert_cmpint (entry->direction, ==, LIA_DIRECTION_NONE);
  g_assert_cmpint (entry->send_state, ==, LIA_SEND_NONE);
  g_assert_cmpint (entry->author_kind, ==, LIA_AUTHOR_SYSTEM);
  g_assert_cmpstr (entry->text, ==, "");
  g_assert_nonnull (entry->author);
  g_assert_nonnull (entry->to);
  g_assert_nonnull (entry->flags);
  g_assert_nonnull (entry->attachments);
}

/* Folds that overlap, run out of the text or cut a character */
static void
test_bad_folds (void)
{
  g_autoptr (JsonObject) object = parse ("{\"id\":\"e_1\",\"kind\":\"email\",\"text\":\"aéb\",\"folds\":["
                                         "{\"start\":0,\"end\":2},{\"start\":1,\"end\":3,\"kind\":\"signature\"},{\"start\":2,\"end\":4},"
                                         "{\"start\":3,\"end\":3},{\"start\":3,\"end\":9},{\"start\":3,\"end\":4,\"kind\":\"?\"}]}");
  g_autoptr (LiaEntry) entry = lia_wire_decode_entry (object, NULL);

  g_assert_cmpuint (entry->folds->len, ==, 2);
  g_assert_cmpuint (g_array_index (entry->folds, LiaFold, 0).start, ==, 1);
  g_assert_cmpint (g_array_index (entry->folds, LiaFold, 0).kind, ==, LIA_FOLD_SIGNATURE);
  g_assert_cmpuint (g_array_index (entry->folds, LiaFold, 1).end, ==, 4);
}

static void
test_pointer (void)
{
  g_autoptr (JsonObject) object = parse ("{\"to\":[{\"address\":\"a\"},{\"address\":7}]}");
  g_autoptr (GError) error = NULL;

  g_assert_null (lia_wire_decode_draft (object, &error));
  g_assert_cmpstr (lia_problem_get_pointer (error), ==, "/to/1/address");
}

static void
test_problem (void)
{
  g_autoptr (GError) invalid = NULL;
  g_autoptr (GError) back = NULL;
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "/home/ann/secret");
  g_autoptr (GError) internal = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonObject) foreign_object = NULL;

  lia_problem_set_invalid (&invalid, "/to/0", "address", "“x” is no address");
  lia_problem_prefix (&invalid, "d", -1);
  object = lia_wire_encode_problem (invalid, NULL);
  back = lia_wire_decode_problem (object);
  g_assert_error (back, LIA_PROBLEM, LIA_PROBLEM_VALIDATION);
  g_assert_cmpstr (back->message, ==, invalid->message);
  g_assert_cmpstr (lia_problem_get_pointer (back), ==, "/d/to/0");
  g_assert_cmpstr (lia_problem_get_code (back), ==, "address");

  foreign_object = lia_wire_encode_problem (foreign, NULL);
  internal = lia_wire_decode_problem (foreign_object);
  g_assert_error (internal, LIA_PROBLEM, LIA_PROBLEM_INTERNAL);
  g_assert_null (strstr (internal->message, "secret"));
}

/* The frames of API.md */
static void
test_frames (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaFrame) welcome = lia_frame_parse ("{\"t\":\"welcome\",\"epoch\":\"k3\",\"seq\":815,\"resumed\":true,\"ping_s\":25}", -1, &error);
  g_autoptr (LiaFrame) resync = lia_frame_parse ("{\"t\":\"resync\",\"reason\":\"epoch\",\"epoch\":\"k3\",\"seq\":815}", -1, &error);
  g_autoptr (LiaFrame) view = lia_frame_parse ("{\"t\":\"view\",\"view\":\"mine\",\"up\":[" ROW "],\"rm\":[\"c_7\"],\"total\":41,\"unread\":3}", -1, &error);
  g_autoptr (LiaFrame) removed = lia_frame_parse ("{\"t\":\"ev\",\"seq\":813,\"k\":\"channel.removed\",\"d\":{\"channel\":\"h_1\"}}", -1, &error);
  g_autoptr (LiaFrame) events = lia_frame_parse ("{\"t\":\"evs\",\"evs\":[{\"seq\":1,\"k\":\"conversation.changed\",\"conv\":\"c_12\",\"d\":{\"row\":" ROW "}},"
                                                 "{\"seq\":2,\"k\":\"agent.changed\",\"d\":{\"agent\":{\"id\":\"a_1\"}}},{\"seq\":3,\"k\":\"x\",\"d\":{\"entry\":5,\"row\":[]}}]}",
                                                 -1,
                                                 &error);
  g_autoptr (LiaFrame) refused = lia_frame_parse ("{\"t\":\"err\",\"key\":\"u\",\"problem\":{\"type\":\"urn:liaison:problem:forbidden\",\"detail\":\"No.\"}}", -1, &error);
  g_autoptr (LiaFrame) unknown = lia_frame_parse ("{\"t\":\"hologram\"}", -1, &error);

  g_assert_no_error (error);
  g_assert_true (welcome->resumed);
  g_assert_cmpint (welcome->ping_ms, ==, 25000);
  g_assert_cmpint (resync->type, ==, LIA_FRAME_RESYNC);
  g_assert_cmpuint (view->up->len, ==, 1);
  g_assert_cmpstr (view->rm[0], ==, "c_7");
  g_assert_cmpint (view->total, ==, 41);
  g_assert_cmpstr (((LiaEvent *)removed->events->pdata[0])->id, ==, "h_1");
  g_assert_cmpuint (events->events->len, ==, 3);
  g_assert_cmpstr (((LiaEvent *)events->events->pdata[0])->row->id, ==, "c_12");
  g_assert_cmpstr (((LiaEvent *)events->events->pdata[1])->agent->id, ==, "a_1");
  g_assert_null (((LiaEvent *)events->events->pdata[2])->entry);
  g_assert_error (refused->problem, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN);
  g_assert_cmpint (unknown->type, ==, LIA_FRAME_UNKNOWN);
}

static void
test_written_frames (void)
{
  static const char *const views[] = { "mine", "queue:q_1", NULL };
  g_autofree char         *first = lia_frame_hello (NULL, 0, views, FALSE, "liaison/1");
  g_autofree char         *hello = lia_frame_hello ("k3", 812, views, FALSE, "liaison/1");
  g_autofree char         *watch = lia_frame_watch (NULL, TRUE);
  g_autoptr (JsonObject) command = lia_command_encode ("u", "note.add", "c_12", 9, 815, TRUE, NULL);
  g_autofree char *text = lia_json_to_text (command);

  g_assert_cmpstr (first, ==, "{\"t\":\"hello\",\"v\":1,\"views\":[\"mine\",\"queue:q_1\"],\"client\":\"liaison/1\"}");
  g_assert_cmpstr (hello, ==, "{\"t\":\"hello\",\"v\":1,\"epoch\":\"k3\",\"since\":812,\"views\":[\"mine\",\"queue:q_1\"],\"client\":\"liaison/1\"}");
  g_assert_cmpstr (watch, ==, "{\"t\":\"watch\",\"views\":[],\"metrics\":true}");
  g_assert_cmpstr (text, ==, "{\"key\":\"u\",\"k\":\"note.add\",\"conv\":\"c_12\",\"ver\":9,\"seen\":815,\"force\":true,\"d\":{}}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *round = g_strconcat ("/wire/round-trip/", samples[i].name, NULL);
      g_autofree char *wrong = g_strconcat ("/wire/wrong-members/", samples[i].name, NULL);

      g_test_add_data_func (round, &samples[i], test_round_trip);
      g_test_add_data_func (wrong, &samples[i], test_wrong_members);
    }
  g_test_add_func ("/wire/empty", test_empty);
  g_test_add_func ("/wire/unknown-words", test_unknown_words);
  g_test_add_func ("/wire/bad-folds", test_bad_folds);
  g_test_add_func ("/wire/pointer", test_pointer);
  g_test_add_func ("/wire/problem", test_problem);
  g_test_add_func ("/wire/frames", test_frames);
  g_test_add_func ("/wire/written-frames", test_written_frames);

  g_test_add_func ("/wire/deed", test_deed);

  return g_test_run ();
}

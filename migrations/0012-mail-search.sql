-- By these a test finds the mail of an answer again.
CREATE INDEX mail_requestGuid ON mail (requestGuid) WHERE requestGuid <> '';
CREATE INDEX message_UUID ON message (UUID);
-- Mails that were dropped, or in the sandbox: IDs and UUIDs that were told of them, which no message has, stand with the recipients.
CREATE INDEX mail_unsent ON mail (ID) WHERE instr(recipients, '"messageId":') > 0;

-- How many chats at once an agent is offered.
ALTER TABLE agent ADD COLUMN chats INTEGER NOT NULL DEFAULT 3;

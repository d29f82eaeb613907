/** Puts the engine of this process together: keys, senders, the way to the database. */
import { Agent } from 'node:https';
import webPush from 'web-push';
import { publicOrigin, type Environment } from '#lib/server/config.ts';
import { StartupProblem } from '#lib/server/startup-problem.ts';
import { Engine, type Sender } from './engine.ts';
import type { EnginePort, VapidKeys } from './engine-port.ts';
import { pushPayload, type WordsOf } from './push-payload.ts';
import { sendPush } from './send-push.ts';
import { sendSecond, type SecondChannel } from './send-second.ts';

export interface EngineSettings {
	readonly contact: string;
	readonly origin: string | null;
	readonly second: SecondChannel | null;
	/** Push services beside those of the browsers' makers. */
	readonly hosts: readonly string[];
	/** Text of a certificate authority to trust beside the public ones. */
	readonly trust: string | null;
}

/** A name that exists in no network: push services want one that could be asked. */
const NO_CONTACT = 'mailto:nobody@connect10.invalid';

/** @throws {StartupProblem} an address that is none */
export function readEngineSettings(env: Environment): EngineSettings {
	const contact = env['PUSH_CONTACT'] || NO_CONTACT;
	if (!/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/.test(contact))
		throw new StartupProblem(
			`PUSH_CONTACT is neither mailto:somebody@example.org nor an https address (${contact}).`
		);
	const url = env['SECOND_CHANNEL_URL'];
	if (url && !URL.canParse(url))
		throw new StartupProblem(`SECOND_CHANNEL_URL is not an address (${url}).`);
	return {
		contact,
		origin: publicOrigin(env),
		second: url ? { url, secret: env['SECOND_CHANNEL_SECRET'] || null } : null,
		hosts: (env['PUSH_HOSTS'] ?? '').split(',').filter(Boolean),
		trust: env['PUSH_TRUST'] || null
	};
}

/** Nothing is asked of the database before it runs. */
export function createEngine(
	port: EnginePort,
	settings: EngineSettings,
	wordsOf: WordsOf,
	onProblem: (problem: string) => void
): Engine {
	const made = webPush.generateVAPIDKeys();
	const offer = { public: made.publicKey, private: made.privateKey };
	const open = async () => {
		const keys = await port.start(offer, settings.second !== null, settings.hosts);
		return sender(keys, settings, wordsOf);
	};
	return new Engine({ port, open, onProblem });
}

function sender(
	keys: VapidKeys,
	{ contact, origin, second, trust }: EngineSettings,
	wordsOf: WordsOf
): Sender {
	const agent = trust === null ? {} : { agent: new Agent({ ca: trust, keepAlive: true }) };
	const options = { keys, contact, fraction: Math.random, ...agent };
	return async (delivery) => {
		if (delivery.channel === 'push')
			return await sendPush(delivery, pushPayload(delivery, wordsOf, origin), options);
		// Switched off since it was queued.
		if (second === null) return { outcome: 'failed' };
		const words = wordsOf(delivery);
		return await sendSecond(second, delivery, words, origin, Math.random());
	};
}

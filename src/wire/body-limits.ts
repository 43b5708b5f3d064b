import { createRoom, type Room } from './collect-body.ts';

/** What bodies may have, in a whole server. */
export interface BodyLimits {
  /** Bytes of an upload or a snapshot. */
  upload: number;
  /** Bytes of JSON or of a form. */
  json: number;
  /** Values of JSON, or fields of a form. */
  values: number;
  room: Room;
  /** For pieces of uploads, which wait for more of them. */
  pieces: Room;
}

/** Bodies of JSON that come in at once have room for a dozen of the largest, and for as many of this size at least. */
const ordinaryJson = 16 * 1024 * 1024;
const defaultPieces = 64 * 1024 * 1024;

/** The limits by their settings. @param pieces bytes that are held of all uploads together */
export function bodyLimits(
  settings: { bodyLimit: number; jsonLimit: number; jsonValues: number },
  pieces = defaultPieces,
): BodyLimits {
  const json = Math.min(settings.jsonLimit, settings.bodyLimit);
  return {
    upload: settings.bodyLimit,
    json,
    values: settings.jsonValues,
    room: createRoom(12 * Math.max(json, ordinaryJson)),
    pieces: createRoom(pieces),
  };
}

import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A picture of black and white dots. */
export class Bitmap {
  private readonly rows: Uint8Array[];

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    // One filter byte, then a bit a dot; white is 1.
    this.rows = Array.from({ length: height }, () => new Uint8Array(1 + Math.ceil(width / 8)).fill(0xff, 1));
  }

  /** Blackens a square. */
  square(x: number, y: number, side: number): void {
    for (let row = y; row < y + side; row++) {
      const bytes = this.rows[row] as Uint8Array;
      for (let column = x; column < x + side; column++) bytes[1 + (column >> 3)] = (bytes[1 + (column >> 3)] as number) & ~(0x80 >> (column & 7));
    }
  }

  /** The PNG file (ISO/IEC 15948): greyscale, one bit a dot. */
  png(): Buffer {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(this.width, 0);
    header.writeUInt32BE(this.height, 4);
    header.writeUInt8(1, 8);
    return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(this.rows))), chunk('IEND', Buffer.alloc(0))]);
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

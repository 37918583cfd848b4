package io.creditflow.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Packs content for callers that take it packed. */
public final class Gzip {
  /** Less than this fits into two network packets: packing would cost time and save none. */
  static final int ANSWER_BYTES_MIN = 2 << 10;

  /** Content that is packed once and sent often. */
  public static byte[] small(byte[] content) {
    return pack(Deflater.BEST_COMPRESSION, content);
  }

  /** Content that is packed for one caller. */
  static byte[] fast(byte[] content) {
    return pack(Deflater.BEST_SPEED, content);
  }

  private static byte[] pack(int level, byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new Leveled(packed, level)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** The JDK's stream at another level than its default. */
  private static final class Leveled extends GZIPOutputStream {
    Leveled(ByteArrayOutputStream out, int level) throws IOException {
      super(out, 8 << 10);
      def.setLevel(level);
    }
  }

  /**
   * Whether an Accept-Encoding header (RFC 9110, section 12.5.3) allows it: {@code gzip} or {@code
   * *}, unless with {@code q=0}.
   *
   * @param acceptEncoding null if the header is absent
   */
  static boolean isAccepted(String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    boolean isAny = false;
    for (String part : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] coding = part.split(";", -1);
      String name = coding[0].strip();
      if (name.equals("gzip") || name.equals("x-gzip")) {
        return isWanted(coding);
      }
      isAny |= name.equals("*") && isWanted(coding);
    }
    return isAny;
  }

  /** False only for weight 0; a weight that cannot be read wants nothing packed either. */
  private static boolean isWanted(String[] coding) {
    for (int i = 1; i < coding.length; i++) {
      String parameter = coding[i].strip();
      if (parameter.startsWith("q=")) {
        return parameter.substring(2).strip().matches("1(\\.0{0,3})?|0\\.0{0,2}[1-9]\\d{0,2}");
      }
    }
    return true;
  }

  private Gzip() {}
}

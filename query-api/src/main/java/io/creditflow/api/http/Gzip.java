package io.creditflow.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses response bodies, for clients that accept gzip. */
public final class Gzip {
  /** The minimum size for compression. Less fits into two packets, so compression saves no time. */
  static final int COMPRESSED_BYTES_MIN = 2 << 10;

  /** Compresses as small as possible, for content that is compressed once and sent often. */
  public static byte[] small(byte[] content) {
    return compress(Deflater.BEST_COMPRESSION, content);
  }

  /** Compresses as fast as possible, for content that is sent once. */
  static byte[] fast(byte[] content) {
    return compress(Deflater.BEST_SPEED, content);
  }

  private static byte[] compress(int level, byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new Leveled(compressed, level)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** A {@link GZIPOutputStream} with a compression level, which the JDK's class cannot set. */
  private static final class Leveled extends GZIPOutputStream {
    Leveled(ByteArrayOutputStream out, int level) throws IOException {
      super(out, 8 << 10);
      def.setLevel(level);
    }
  }

  /**
   * Whether an Accept-Encoding header (RFC 9110, section 12.5.3) accepts gzip: it has {@code gzip}
   * or {@code *} with a weight above 0.
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
        return hasWeight(coding);
      }
      isAny |= name.equals("*") && hasWeight(coding);
    }
    return isAny;
  }

  /** Whether a coding has no weight or one above 0. An invalid weight counts as 0. */
  private static boolean hasWeight(String[] coding) {
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

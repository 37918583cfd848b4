package io.creditflow.zone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * The time zones of one release of the tz database, including links (aliases). The rules do not
 * depend on the JDK's own release (contract section 3, rule 10). Thread-safe.
 */
public final class TimeZones {
  private static final Instant COMPARED_FROM = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant COMPARED_TO = Instant.parse("2100-01-01T00:00:00Z");
  private static final char MARK = '#';

  private static final Map<String, TimeZones> LOADED = new ConcurrentHashMap<>();
  private static volatile TimeZones inUse = shipped();

  private final String release;
  private final TzRulesProvider rules;
  private final Map<String, String> stamps = new ConcurrentHashMap<>();

  private TimeZones(String release, TzRulesProvider rules) {
    this.release = release;
    this.rules = rules;
  }

  private static TimeZones shipped() {
    Properties properties = new Properties();
    try (InputStream in = TimeZones.class.getResourceAsStream("release.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return load(
        properties.getProperty("release"),
        TzRulesProvider.DEFAULT_PATH,
        TzRulesProvider.class.getClassLoader());
  }

  /**
   * Loads a release from data that Joda-Time's zone compiler produced.
   *
   * @param release the release's name, such as 2025b
   * @param path the resource path of the data in {@code loader}
   */
  public static TimeZones load(String release, String path, ClassLoader loader) {
    return LOADED.computeIfAbsent(
        release, name -> new TimeZones(name, TzRulesProvider.register(name, path, loader)));
  }

  /** The release that this process uses: the shipped one, unless {@link #use} replaced it. */
  public static TimeZones inUse() {
    return inUse;
  }

  /** Makes the process use another release. For tests of an instance that ships another release. */
  public static void use(TimeZones other) {
    inUse = other;
  }

  /** The name of the release. Names sort by age: the newer release has the larger name. */
  public String release() {
    return release;
  }

  /** Whether the release has this zone id. Offsets and {@code SystemV/...} are not zone ids. */
  public boolean has(String id) {
    return rules.ids().contains(id);
  }

  public Set<String> ids() {
    return rules.ids();
  }

  /**
   * The zone with this release's rules. Its {@code ZoneId.getId()} also names the release; see
   * {@link #idOf}.
   *
   * @throws java.time.DateTimeException if there is no such zone
   */
  public ZoneId of(String id) {
    return ZoneId.of(rules.prefix() + id);
  }

  /** The IANA id of a zone that {@link #of} returned. */
  public static String idOf(ZoneId zone) {
    return zone.getId().substring(zone.getId().indexOf('/') + 1);
  }

  /**
   * The zone's id with a checksum of its rules from 2000 to 2100. Two releases that have the same
   * rules for the zone return the same stamp.
   */
  public String stamp(String id) {
    return stamps.computeIfAbsent(id, this::stampOf);
  }

  private String stampOf(String id) {
    ZoneRules of = of(id).getRules();
    if (of.isFixedOffset() && of.getOffset(COMPARED_FROM).equals(ZoneOffset.UTC)) {
      return id;
    }
    CRC32 crc = new CRC32();
    StringBuilder text = new StringBuilder().append(of.getOffset(COMPARED_FROM));
    ZoneOffsetTransition next = of.nextTransition(COMPARED_FROM);
    while (next != null && next.getInstant().isBefore(COMPARED_TO)) {
      text.append(next.toEpochSecond()).append(next.getOffsetAfter());
      next = of.nextTransition(next.getInstant());
    }
    crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
    return id + MARK + "%08x".formatted(crc.getValue());
  }

  /** The zone of a stamp, with this release's rules. Another release may have made the stamp. */
  public ZoneId ofStamp(String stamp) {
    return of(idOfStamp(stamp));
  }

  /** The IANA id of a stamp. */
  public static String idOfStamp(String stamp) {
    int mark = stamp.indexOf(MARK);
    return mark < 0 ? stamp : stamp.substring(0, mark);
  }
}

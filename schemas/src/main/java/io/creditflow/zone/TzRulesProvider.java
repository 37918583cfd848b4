package io.creditflow.zone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.joda.time.DateTimeZone;
import org.joda.time.tz.ZoneInfoProvider;

/**
 * Registers the rules of one tz release with java.time. Their zone ids begin with {@link #prefix};
 * ids without a prefix keep the rules of the JDK.
 */
final class TzRulesProvider extends ZoneRulesProvider {
  /** Where the jar of Joda-Time has its compiled tz data on the class path. */
  static final String DEFAULT_PATH = "org/joda/time/tz/data";

  private final String release;
  private final ZoneInfoProvider data;
  private final Map<String, ZoneRules> rulesById = new ConcurrentHashMap<>();

  private TzRulesProvider(String release, ZoneInfoProvider data) {
    this.release = release;
    this.data = data;
  }

  static TzRulesProvider register(String release, String path, ClassLoader loader) {
    try {
      TzRulesProvider provider = new TzRulesProvider(release, new ZoneInfoProvider(path, loader));
      ZoneRulesProvider.registerProvider(provider);
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException("tz release " + release + " cannot be read at " + path, e);
    }
  }

  Set<String> ids() {
    return data.getAvailableIDs();
  }

  String prefix() {
    return "tz" + release + "/";
  }

  @Override
  protected Set<String> provideZoneIds() {
    return ids().stream().map(id -> prefix() + id).collect(Collectors.toSet());
  }

  @Override
  protected ZoneRules provideRules(String regionId, boolean forCaching) {
    return rulesById.computeIfAbsent(regionId, this::read);
  }

  private ZoneRules read(String regionId) {
    DateTimeZone zone = data.getZone(regionId.substring(prefix().length()));
    if (zone == null) {
      throw new ZoneRulesException("tz release " + release + " has no " + regionId);
    }
    return CompiledZone.rules(zone);
  }

  @Override
  protected NavigableMap<String, ZoneRules> provideVersions(String zoneId) {
    NavigableMap<String, ZoneRules> versions = new TreeMap<>();
    versions.put(release, provideRules(zoneId, false));
    return versions;
  }
}

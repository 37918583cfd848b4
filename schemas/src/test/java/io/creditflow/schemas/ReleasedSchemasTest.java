package io.creditflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.events.CreditGrant;
import io.creditflow.events.LeadSource;
import io.creditflow.events.LeadSourced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.junit.jupiter.api.Test;

/**
 * No change to a schema may keep us from reading what was written by an earlier release: topics
 * keep their events forever. {@code src/released/N/} holds the schemas as release N shipped them.
 */
class ReleasedSchemasTest {
  private static final Path CURRENT = Path.of("src/main/avro");
  private static final Path RELEASED = Path.of("src/released");

  @Test
  void everythingEverReleasedIsStillReadable() throws IOException {
    Map<String, Schema> current = parse(CURRENT);
    List<String> breaks = new ArrayList<>();
    try (Stream<Path> releases = Files.list(RELEASED)) {
      for (Path release : releases.sorted().toList()) {
        parse(release)
            .forEach(
                (name, schema) ->
                    breaks.addAll(
                        breaks(release.getFileName().toString(), schema, current.get(name))));
      }
    }

    assertThat(breaks)
        .as(
            "Changes to src/main/avro that break the reading of released events. What to do: give"
                + " an added field a default, keep the fields' types and the enums' symbols; for a"
                + " change that cannot be compatible make a new record on a new topic. Never edit"
                + " src/released.")
        .isEmpty();
  }

  @Test
  void theRegisteredSchemasAreThoseOfTheFiles() throws IOException {
    Map<String, Schema> files = parse(CURRENT);
    for (EventType type : EventType.values()) {
      assertThat(SourceSchema.of(type.schema())).isEqualTo(files.get(type.schema().getFullName()));
    }
  }

  @Test
  void anAddedFieldWithADefaultIsNoBreak() {
    assertThat(breaks("1", SourceSchema.parse(without("priority")), CreditGrant.getClassSchema()))
        .isEmpty();
  }

  @Test
  void breaksAreFoundAndNamed() {
    assertThat(breaks("1", SourceSchema.parse(without("amount")), CreditGrant.getClassSchema()))
        .singleElement()
        .asString()
        .contains("release 1", "io.creditflow.events.CreditGrant", "no default: amount");
    assertThat(
            breaks(
                "1",
                SourceSchema.of(LeadSourced.getClassSchema()),
                SourceSchema.parse(
                    SourceSchema.of(LeadSourced.getClassSchema())
                        .toString()
                        .replace("\"PLATFORM\",", ""))))
        .singleElement()
        .asString()
        .contains("PLATFORM");
    assertThat(breaks("1", LeadSource.getClassSchema(), null))
        .singleElement()
        .asString()
        .contains("io.creditflow.events.LeadSource", "gone");
  }

  private static List<String> breaks(String release, Schema released, Schema current) {
    String who = released.getFullName() + " of release " + release + ": ";
    if (current == null) {
      return List.of(who + "gone from src/main/avro");
    }
    return SchemaCompatibility.checkReaderWriterCompatibility(current, released)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(found -> who + explain(found))
        .toList();
  }

  private static String explain(Incompatibility found) {
    String what =
        switch (found.getType()) {
          case READER_FIELD_MISSING_DEFAULT_VALUE -> "a new field has no default: ";
          case MISSING_ENUM_SYMBOLS -> "enum symbols are gone: ";
          case TYPE_MISMATCH -> "a type changed: ";
          default -> found.getType() + ": ";
        };
    return what + found.getMessage() + " at " + found.getLocation();
  }

  /** CreditGrant as it would be had a field not been there yet. */
  private static String without(String field) {
    Schema grant = SourceSchema.of(CreditGrant.getClassSchema());
    String json = grant.toString();
    String without = json.replaceAll("\\{\"name\":\"" + field + "\"[^}]*},", "");
    assertThat(without).isNotEqualTo(json);
    return without;
  }

  /** All schemas of a folder by full name; enums first, as records name them. */
  private static Map<String, Schema> parse(Path folder) throws IOException {
    Schema.Parser parser = new Schema.Parser();
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        sources.add(Files.readString(file));
      }
    }
    assertThat(sources).as("schemas in " + folder).isNotEmpty();
    sources.sort(Comparator.comparing(source -> !source.contains("\"type\": \"enum\"")));
    Map<String, Schema> schemas = new TreeMap<>();
    for (String source : sources) {
      Schema schema = parser.parse(source);
      schemas.put(schema.getFullName(), schema);
    }
    return schemas;
  }
}

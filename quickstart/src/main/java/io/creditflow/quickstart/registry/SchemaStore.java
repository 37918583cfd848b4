package io.creditflow.quickstart.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/**
 * The schemas and the versions of each subject, in one file that is replaced atomically at each
 * change. Thread-safe.
 *
 * <p>Versions count from 1; the id of version n is at index n - 1 of the subject's list.
 */
final class SchemaStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final SortedMap<Integer, Schema> schemas = new TreeMap<>();
  private final SortedMap<String, List<Integer>> subjects = new TreeMap<>();

  /** The content of the file. */
  private record Contents(Map<Integer, String> schemas, Map<String, List<Integer>> subjects) {}

  /** A version of a subject. */
  record SubjectVersion(String subject, int version, int id, Schema schema) {}

  SchemaStore(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      try {
        Contents contents = JSON.readValue(file.toFile(), Contents.class);
        contents.schemas().forEach((id, text) -> schemas.put(id, parse(text)));
        contents.subjects().forEach((name, ids) -> subjects.put(name, new ArrayList<>(ids)));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read the schema registry's file " + file, e);
      }
    }
  }

  static Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (RuntimeException e) { // Avro's own exceptions and, for malformed JSON, others
      throw RegistryException.invalidSchema(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Registers a schema under a subject, unless the subject already has it.
   *
   * @param normalize whether a version that differs only in its documentation counts as equal
   * @return the schema's id
   */
  synchronized int register(String subject, Schema schema, boolean normalize) {
    List<Integer> ids = subjects.getOrDefault(subject, List.of());
    OptionalInt present = find(ids, schema, normalize);
    if (present.isPresent()) {
      return present.getAsInt();
    }
    if (!ids.isEmpty()) {
      List<String> reasons = incompatibilities(schema, schemas.get(ids.get(ids.size() - 1)));
      if (!reasons.isEmpty()) {
        throw RegistryException.incompatible(subject, String.join("; ", reasons));
      }
    }
    int id =
        find(schemas.keySet(), schema, false)
            .orElseGet(() -> schemas.isEmpty() ? 1 : schemas.lastKey() + 1);
    schemas.put(id, schema);
    subjects.computeIfAbsent(subject, name -> new ArrayList<>()).add(id);
    save();
    return id;
  }

  /** The subject's version that has this schema. */
  synchronized SubjectVersion lookup(String subject, Schema schema, boolean normalize) {
    List<Integer> ids = idsOf(subject);
    int id = find(ids, schema, normalize).orElseThrow(RegistryException::schemaNotFound);
    return version(subject, ids.indexOf(id) + 1);
  }

  synchronized Schema byId(int id) {
    Schema schema = schemas.get(id);
    if (schema == null) {
      throw RegistryException.schemaNotFound();
    }
    return schema;
  }

  synchronized List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  synchronized int versionCount(String subject) {
    return idsOf(subject).size();
  }

  /**
   * @param number from 1
   */
  synchronized SubjectVersion version(String subject, int number) {
    List<Integer> ids = idsOf(subject);
    if (number < 1 || number > ids.size()) {
      throw RegistryException.versionNotFound(String.valueOf(number));
    }
    int id = ids.get(number - 1);
    return new SubjectVersion(subject, number, id, schemas.get(id));
  }

  /** All subjects and versions that have the schema of the id. */
  synchronized List<SubjectVersion> uses(int id) {
    byId(id);
    return subjects.keySet().stream()
        .filter(subject -> subjects.get(subject).contains(id))
        .map(subject -> version(subject, subjects.get(subject).indexOf(id) + 1))
        .toList();
  }

  /** The reasons why the reader schema cannot read data of the writer schema; empty if it can. */
  static List<String> incompatibilities(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(SchemaStore::describe)
        .toList();
  }

  private static String describe(Incompatibility found) {
    return found.getType() + " at " + found.getLocation() + ": " + found.getMessage();
  }

  private OptionalInt find(Iterable<Integer> ids, Schema schema, boolean normalize) {
    String text = schema.toString();
    for (int id : ids) {
      Schema candidate = schemas.get(id);
      // Schema.equals ignores documentation; the text contains it.
      if (normalize ? candidate.equals(schema) : candidate.toString().equals(text)) {
        return OptionalInt.of(id);
      }
    }
    return OptionalInt.empty();
  }

  private List<Integer> idsOf(String subject) {
    List<Integer> ids = subjects.get(subject);
    if (ids == null) {
      throw RegistryException.subjectNotFound(subject);
    }
    return ids;
  }

  private void save() {
    Map<Integer, String> texts = new LinkedHashMap<>();
    schemas.forEach((id, schema) -> texts.put(id, schema.toString()));
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      JSON.writerWithDefaultPrettyPrinter()
          .writeValue(draft.toFile(), new Contents(texts, subjects));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the schema registry's file " + file, e);
    }
  }
}

package io.creditflow.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

/** A line kept in the state directory, written whole or not at all, a full disk included. */
final class StateFile {
  /** Reads it; makes it if it is not there yet. */
  static String of(Path file, Supplier<String> made) throws IOException {
    String noted = Files.exists(file) ? Files.readString(file).strip() : "";
    if (!noted.isEmpty()) {
      return noted;
    }
    String note = made.get();
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, note + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return note;
  }

  private StateFile() {}
}

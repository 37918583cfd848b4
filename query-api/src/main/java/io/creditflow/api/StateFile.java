package io.creditflow.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

/** A one-line file in the state directory. It is written atomically, even if the disk is full. */
final class StateFile {
  /** Returns the line in the file. If the file is missing or empty, first writes the new line. */
  static String of(Path file, Supplier<String> newLine) throws IOException {
    String stored = Files.exists(file) ? Files.readString(file).strip() : "";
    if (!stored.isEmpty()) {
      return stored;
    }
    String line = newLine.get();
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(temporary, line + "\n");
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return line;
  }

  private StateFile() {}
}

package io.creditflow.quickstart.command;

import io.creditflow.schemas.Topics;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the name of an input topic from the command line. */
final class InputTopic implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    if (!Topics.INPUTS.contains(text)) {
      throw new TypeConversionException(
          "there is no input topic \""
              + text
              + "\"; the input topics are "
              + String.join(", ", Topics.INPUTS));
    }
    return text;
  }
}

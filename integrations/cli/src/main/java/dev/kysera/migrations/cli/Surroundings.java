package dev.kysera.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param environment the variables of the process
 * @param directory where it was called
 * @param out takes data
 * @param err takes progress and messages
 * @param charset how both are written
 * @param terminal what a person sits at, if one does
 */
record Surroundings(
    Map<String, String> environment,
    Path directory,
    PrintStream out,
    PrintStream err,
    Charset charset,
    Terminal terminal) {

  static Surroundings ofThisProcess() {
    // Containers rarely name a locale; Java would then write a question mark for every sign.
    Charset charset =
        System.getProperty("os.name").startsWith("Windows") ? Charset.defaultCharset() : UTF_8;
    return new Surroundings(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        new PrintStream(System.out, true, charset),
        new PrintStream(System.err, true, charset),
        charset,
        Terminal.ofThisProcess(System.getenv()));
  }

  /**
   * Reads what a person types, byte by byte: what follows belongs to the next question.
   *
   * @return the line, empty at the end of input
   */
  static String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = System.in.read();
    while (next != '\n' && next != -1) {
      line.write(next);
      next = System.in.read();
    }
    String text = line.toString(Charset.defaultCharset());
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  PrintWriter outWriter() {
    return new PrintWriter(out, true, charset);
  }

  PrintWriter errWriter() {
    return new PrintWriter(err, true, charset);
  }
}

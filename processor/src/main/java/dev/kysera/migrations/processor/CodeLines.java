package dev.kysera.migrations.processor;

import com.palantir.javapoet.CodeBlock;
import java.util.List;

/** How a long expression is laid out. */
final class CodeLines {

  private CodeLines() {}

  /** Returns one item behind what comes before it, several each on a line of their own. */
  static CodeBlock continued(List<CodeBlock> items, String separator) {
    return items.size() <= 1
        ? CodeBlock.join(items, "")
        : CodeBlock.builder()
            .add("\n$>$>")
            .add(CodeBlock.join(items, separator + "\n"))
            .add("$<$<")
            .build();
  }
}

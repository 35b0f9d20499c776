package dev.kysera.migrations.processor.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaLexerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a+b                          | I:a O:+ I:b
          a++ +b                       | I:a O:++ O:+ I:b
          a - --b                      | I:a O:- O:-- I:b
          a-- - b                      | I:a O:-- O:- I:b
          i-->0                        | I:i O:-- O:> N:0
          x -> y                       | I:x O:-> I:y
          a>>b                         | I:a O:> O:> I:b
          a>>>=b                       | I:a O:> O:> O:> O:= I:b
          List<List<A>>b               | I:List O:< I:List O:< I:A O:> O:> I:b
          a<<=b                        | I:a O:<<= I:b
          a<=b                         | I:a O:<= I:b
          A::new                       | I:A O::: I:new
          f(int...x)                   | I:f O:( I:int O:... I:x O:)
          @A(1)                        | O:@ I:A O:( N:1 O:)
          1_000                        | N:1_000
          5-3                          | N:5 O:- N:3
          1e-5+2                       | N:1e-5 O:+ N:2
          0xe-1                        | N:0xe O:- N:1
          0x1p-3f                      | N:0x1p-3f
          .5+1.                        | N:.5 O:+ N:1.
          7l                           | N:7L
          a/b                          | I:a O:/ I:b
          a/*x*//b                     | I:a O:/ I:b
          a//x                         | I:a
          "//"                         | S://
          "a\\"b"                      | S:a"b
          "\\\\"+a                     | S:\\ O:+ I:a
          '"'                          | C:"
          '\\''                        | C:'
          "a\\tb"                      | S:a\tb
          $a_1                         | I:$a_1
          größe                        | I:größe
          """)
  void tokensOf_text_areTheseTokens(String source, String tokens) {
    assertThat(print(source)).isEqualTo(tokens);
  }

  private static String print(String source) {
    return JavaLexer.tokensOf(source).stream()
        .map(token -> token.kind().letter() + ":" + token.text())
        .collect(Collectors.joining(" "));
  }

  @Test
  void tokensOf_textBlock_isItsValue() {
    String block =
        "\"\"\" \t\r\n    select 1\\t\r\n      from \"t\" \\\r\n    where a = '\\\"\"\"'  \r\n    \"\"\";";

    assertThat(JavaLexer.tokensOf(block))
        .containsExactly(
            new Token(Token.Kind.STRING, "select 1\t\n  from \"t\" where a = '\"\"\"'\n"),
            new Token(Token.Kind.SYMBOL, ";"));
  }

  @Test
  void tokensOf_unicodeEscapes_areTheCharacters() {
    assertThat(JavaLexer.tokensOf("\\u0061b \\uu0022x\\u0022 \"\\\\u0041\" \\u002f/ x"))
        .containsExactly(
            new Token(Token.Kind.IDENTIFIER, "ab"),
            new Token(Token.Kind.STRING, "x"),
            new Token(Token.Kind.STRING, "\\u0041"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"open",
        "'",
        "\"\"\"",
        "\"\"\"\nx",
        "/*",
        "//",
        "\\u12",
        "\\",
        "\"\\",
        "'\\",
        "#",
        "1e+",
        "\"\"\"\n\\",
        "\ud800",
        "\"\\q\"",
        "0x"
      })
  void tokensOf_noJava_isSomething(String text) {
    List<Token> tokens = JavaLexer.tokensOf(text);

    assertThat(tokens).hasSizeLessThanOrEqualTo(text.length());
  }
}

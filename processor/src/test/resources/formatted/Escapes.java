package formatted;

import dev.kysera.migrations.*;
import dev.kysera.migrations.annotation.*;
import org.jdbi.v3.core.*;

@Migration("012_escapes")
class Escapes implements JdbiMigration {
  String abc = "\u0022+\u0022", d = "\uuu0041\\u0041\u005c\u005c", größe = "größe", $ = "日本語 𝒳", _1 = "\ud835\udcb3";
  char e = '\u005c\u0027', f = 'ß', g = '\uFFFF', h = '\\', i = '\u005c\u005c', j = '\u005ct';
  public void up(Handle handle) { handle.execute(abc + d + größe + $ + _1 + e + f);
    handle.execute("""
        text \u0062lock \u005cn \u0009 and \\ \u005c\u005c
        """);
  }
  public void down(Handle handle) { handle.execute("\u0064own"); }
}

package formatted;

import static formatted.Backfill.Step.*;
import static java.util.Objects.requireNonNull;
import static java.util.Map.entry;
import java.util.*;
import java.util.function.*;
import org.jdbi.v3.core.Handle;
import dev.kysera.migrations.*;
import dev.kysera.migrations.annotation.Migration;

@Migration(rerunnable = true, value = "015_backfill",
   transactional = false) class Backfill
   implements JdbiMigration
{
   enum Step implements ToIntFunction<Handle> {
      FIRST("first", 0x10) { @Override public int applyAsInt(Handle handle) { return handle.execute(sql); } },
      SECOND("second", 0b11)
      {
         @Override public int applyAsInt(Handle handle)
         {
            return handle.execute(sql) + extra;
         }
      };

      final String sql; final int extra;
      Step(String name, int extra) { this.sql = "update " + name + " set done = true where done is null and id in (select id from " + name + " where done is null order by id limit 1000)"; this.extra = extra; }
   }

   private static final Map<String, BiConsumer<Handle, ? super Integer>> FIXES = Map.ofEntries(entry("a", (handle, n) -> handle.execute("a" + n)), entry("b", new BiConsumer<Handle, Integer>() { @Override public void accept(Handle handle, Integer n) { handle.execute("b", n); } }));
   private int done; private volatile boolean stopped = false;
   { done = -1; }
   static { requireNonNull(FIXES.get("a"), () -> "no fix for a"); }
   Backfill() { super(); this.done++; }

   @Override
   public void up(Handle handle)
   {
      retry:
      for (Step step : EnumSet.allOf(Step.class))
      {
         int changed;
         do
         {
            changed = step.applyAsInt(handle);
            if (stopped) break retry;
            if (changed < 0) continue retry;
            done += changed; done ^= 3; done |= 1 << 4; done %= 97; done = ~done & 0xff; done >>>= 1; done <<= 2; done /= 3; done *= 2; done -= 1;
         }
         while (changed > 0);
      }
      FIXES.forEach((name, fix) -> { if (!name.isBlank()) fix.accept(handle, name.length() > 1 ? FIRST.extra : SECOND.extra); });
      Object value = done;
      String text = value instanceof Integer n && n > 0 ? "positive" : value == null ? "null" : "other";
      String[][] cells = {{text, "x"}, {"y", null}};
      for (String[] row : cells) for (String cell : row) if (cell != null) handle.execute("insert into cells values (?)", cell); else { }
   }

   @Override
   public void down(Handle handle) throws UnsupportedOperationException
   {
      throw new UnsupportedOperationException("cannot be undone: " + done + (stopped ? '!' : '?'));
   }
}

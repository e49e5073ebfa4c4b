using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Testbed.Tests.Interop;

/// <summary>A program that has run to its end.</summary>
internal sealed record ClientRun(
    CommandLine Command, int ExitCode, byte[] Output, string Errors, TimeSpan Took)
{
    private const int ShownLines = 25;

    public string Text => Encoding.UTF8.GetString(Output);

    public IReadOnlyList<string> Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>This run, when the program said that all went well.</summary>
    /// <param name="broker">Whose words to show as well when it did not.</param>
    public ClientRun Succeeded(BrokerProcess? broker = null) =>
        ExitCode == 0 ? this : throw Failure($"ended with {ExitCode}", broker);

    /// <summary>An exception that shows what the program and the broker said last.</summary>
    public ClientFailedException Failure(string what, BrokerProcess? broker = null)
    {
        var text = new StringBuilder($"{Command}{Environment.NewLine}{what} after {Took.TotalSeconds:F1} s");
        Append(text, "it printed", Text);
        Append(text, "its errors", Errors);
        Append(text, "the broker said", broker?.Log ?? "");
        return new ClientFailedException(text.ToString());
    }

    private static void Append(StringBuilder text, string title, string said)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
        {
            return;
        }
        text.AppendLine();
        text.Append("--- ").Append(title).Append(lines.Length > ShownLines ? ", at the end:" : ":");
        foreach (var line in lines.TakeLast(ShownLines))
        {
            text.AppendLine().Append(line.Length > 400 ? line[..400] + "..." : line);
        }
    }
}

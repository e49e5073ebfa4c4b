using System.Collections.Generic;
using System.Linq;

namespace Testbed.Tests.Interop;

/// <summary>A program, its arguments and what its environment has besides ours.</summary>
internal sealed record CommandLine(string Program, IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public static CommandLine Of(string program, params string[] arguments) => new(program, arguments);

    /// <summary>As a person would type it.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program).Select(Quoted));

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(static c => char.IsAsciiLetterOrDigit(c) || "-_./:=,@%+".Contains(c))
            ? word
            : $"'{word}'";
}

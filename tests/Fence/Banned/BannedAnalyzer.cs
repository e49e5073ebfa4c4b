using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Testbed.Tests.Fence;

/// <summary>
/// The build's own analyzer of banned symbols, run in this process on one snippet and one list.
/// </summary>
internal static class BannedAnalyzer
{
    private const string Banned = "RS0030";

    /// <summary>
    /// What the analyzer says of <paramref name="source"/> under the list <paramref name="lines"/>.
    /// </summary>
    public static async Task<IReadOnlyList<string>> ReportsAsync(
        string source, params IEnumerable<string> lines)
    {
        var list = new BannedList(string.Join('\n', lines));
        var reports = await Snippet.Compile(source)
            .WithAnalyzers([Create()], new AnalyzerOptions([list]))
            .GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        return reports.Where(report => report.Id == Banned).Select(report => report.GetMessage()).ToList();
    }

    private static DiagnosticAnalyzer Create()
    {
        var path = Path.Combine(
            AppContext.BaseDirectory, "analyzers", "Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.dll");
        var type = Assembly.LoadFrom(path)
            .GetType(
                "Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.CSharpSymbolIsBannedAnalyzer",
                throwOnError: true)!;
        return (DiagnosticAnalyzer)Activator.CreateInstance(type)!;
    }

    private sealed class BannedList(string text) : AdditionalText
    {
        public override string Path => "BannedSymbols.txt";

        public override SourceText GetText(CancellationToken cancellationToken = default) =>
            SourceText.From(text);
    }
}

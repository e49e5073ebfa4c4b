using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Testbed.Tests.Fence;

/// <summary>Looks for walks of hash tables in sources that are compiled for the purpose.</summary>
internal static class HashTableWalks
{
    public static async Task<IReadOnlyList<string>> FindAsync(CSharpCompilation sources)
    {
        var reports = await sources
            .WithAnalyzers([new HashTableWalkAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        return reports.Select(report => $"{report.Location.GetLineSpan()} {report.GetMessage()}")
            .Distinct()
            .Order()
            .ToList();
    }
}

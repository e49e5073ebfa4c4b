using BenchmarkDotNet.Running;

namespace Testbed.Tests.Benchmarks;

/// <summary>`dotnet run -c Release --project tests/Benchmarks -- --filter '*'` runs the benchmarks.</summary>
public static class Program
{
    public static void Main(string[] args) =>
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}

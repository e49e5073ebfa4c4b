using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Testbed.Runner;

namespace Testbed.Tests.Runner;

/// <summary>One run of the program, in this process: what it was given and what it left.</summary>
internal sealed record Invocation(int ExitCode, byte[] Bytes, string Error)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public string[] Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<Invocation> Run(params string[] args) => RunWith([], args);

    public static Task<Invocation> RunWith(byte[] input, params string[] args) =>
        RunWith(new MemoryStream(input), CancellationToken.None, args);

    /// <param name="input">What the program reads.</param>
    /// <param name="stop">Stands for Ctrl-C.</param>
    /// <param name="args">The command line.</param>
    public static async Task<Invocation> RunWith(
        Stream input, CancellationToken stop, params string[] args)
    {
        using var printed = new MemoryStream();
        using var error = new StringWriter();
        int exitCode;
        using (var output = new Output(input, printed, error))
        {
            exitCode = await CommandLine.Run(args, output, stop);
        }
        return new Invocation(exitCode, printed.ToArray(), error.ToString());
    }
}

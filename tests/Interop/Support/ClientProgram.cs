using System;
using System.IO;
using System.Threading.Tasks;

namespace Testbed.Tests.Interop;

/// <summary>Runs programs to their end, each within a time limit.</summary>
internal static class ClientProgram
{
    /// <summary>Far above what any client here takes, for a machine that has much else to do.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>
    /// Runs the program with these bytes as its input. One that does not end in time is killed and fails.
    /// </summary>
    public static async Task<ClientRun> Run(CommandLine command, byte[]? input = null)
    {
        await using var process = ChildProcess.Start(command);
        var fed = Feed(process, input ?? []);
        if (!await process.Ends(Limit))
        {
            var sofar = new ClientRun(command, -1, [], process.ErrorText, Limit);
            throw sofar.Failure("had not ended");
        }
        await fed;
        return process.Result();
    }

    private static async Task Feed(ChildProcess process, byte[] input)
    {
        try
        {
            await process.Input.WriteAsync(input);
            process.Input.Close();
        }
        catch (IOException)
        {
            // A program that ends without reading everything tells by its exit code whether it minds.
        }
    }
}

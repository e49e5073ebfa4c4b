using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace Testbed.Runner;

/// <summary>
/// Turns whatever ends a command early into one line on standard error and an exit code. Only a bug has its
/// exception named.
/// </summary>
internal sealed class CommandFailures(string command, TextWriter error)
{
    private const string Hint = "This is a bug in testbed: please report it with the command line.";

    public async Task<int> Catch(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (OutputClosedException)
        {
            return ExitCode.Ok;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception failure) when (failure is CommandException or OutputFailedException)
        {
            return Fail(failure.Message);
        }
        catch (Exception failure)
        {
            return Fail($"broke: {Words(failure)}. {Hint}");
        }
    }

    /// <summary>Types and messages, from the exception inwards, on one line.</summary>
    private static string Words(Exception failure)
    {
        var words = new StringBuilder();
        for (var at = failure; at is not null; at = at.InnerException)
        {
            words.Append(words.Length == 0 ? "" : ", because of ");
            var message = at.Message.ReplaceLineEndings(" ").TrimEnd('.');
            words.Append(at.GetType().Name).Append(": ").Append(message);
        }
        return words.ToString();
    }

    private int Fail(string message)
    {
        try
        {
            error.WriteLine($"{command}: {message}");
        }
        catch (IOException)
        {
            // Nobody can be told; the exit code is left.
        }
        return ExitCode.Failed;
    }
}
